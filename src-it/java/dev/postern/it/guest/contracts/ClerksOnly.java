package dev.postern.it.guest.contracts;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A stereotype that carries a role. */
@Stereotype
@RolesAllowed("clerk")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ClerksOnly {}
