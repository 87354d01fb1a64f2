package dev.postern.http.metadata;

import dev.postern.MetadataContributor;

/**
 * A contributor of ours whose entries follow the client. It is called when a session is created or renewed, and at each
 * touch, at most once in {@code session.touch-every}. Contributors of applications are not called at a touch: they may
 * be slow, and rely on being called at renewals.
 */
public interface TouchContributor extends MetadataContributor {}
