package dev.postern.hazelcast;

import dev.postern.PosternException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * The members that hold rows, as this node sees them. Every method throws {@link PosternException} when the grid is
 * broken.
 */
interface Peers {

    /** Those that are there, itself included. */
    Set<UUID> present();

    /** This node itself, when it is one of them. */
    Optional<UUID> self();

    /** Asks each of these but itself. There is no answer of a member that owns nothing yet. */
    Map<UUID, ? extends CompletionStage<?>> ask(Set<UUID> members);
}
