/**
 * An identity provider that ends sessions: under which of its names it knows them, and what a logout ends.
 *
 * <p>{@link dev.postern.session.provider.ProviderLogouts} is the way in for an endpoint, {@link
 * dev.postern.session.provider.ProviderNames} for a sign-in. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.session.provider;

import org.jspecify.annotations.NullMarked;
