package dev.postern.it.guest.unusual;

import java.math.BigDecimal;

/** Has a narrower bound than the contract. */
public abstract class Decimals<T extends BigDecimal> implements Numbers<T> {}
