package dev.postern.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * What a class tests is Postern's own and not the server's: {@code mvn verify} runs it on Payara alone, the nightly profile and
 * {@code -Dit.test} on each server. Classes without such an annotation run on both by day too.
 */
@Tag("payara-by-day")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface OnPayaraByDay {}
