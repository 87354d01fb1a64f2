package dev.postern.it.guest.callers;

import java.security.Principal;

/** A customer with a card, who is a principal too. */
public class Regular extends Customer implements Principal {}
