package dev.postern.http.metadata;

import dev.postern.MetadataContributor;

/**
 * A contributor of ours whose entries follow the client. It is asked not only when a session is created or renewed but
 * whenever a use is written down, at most once in {@code session.touch-every}. Contributors of applications are not:
 * they may be slow, and count on being asked at renewals.
 */
public interface TouchContributor extends MetadataContributor {}
