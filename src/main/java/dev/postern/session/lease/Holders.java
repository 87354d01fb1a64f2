package dev.postern.session.lease;

import dev.postern.session.token.Handle;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The shared row: the nodes that may hold copies, each under the id of its lease. A fenced one may not renew its lease
 * any more. It stays in the row until its lease must have ended, so that every other end of a session waits for it too.
 *
 * <p>Immutable. As bytes it is a line for each node: a letter, and the id.
 */
record Holders(Map<String, State> nodes) {

    static final Holders NONE = new Holders(Map.of());

    /** What a node may do. */
    enum State {
        /** It may renew its lease. */
        OPEN('o'),
        /** It may not. Its lease ends in the time of a lease. */
        FENCED('f');

        private final char letter;

        State(char letter) {
            this.letter = letter;
        }
    }

    Holders {
        nodes = Map.copyOf(nodes);
    }

    /** The row in these bytes; empty if they are none. */
    static Optional<Holders> decode(byte[] bytes) {
        Map<String, State> nodes = new TreeMap<>();
        for (String line : new String(bytes, StandardCharsets.US_ASCII).lines().toList()) {
            Optional<State> state = line.isEmpty() ? Optional.empty() : state(line.charAt(0));
            if (state.isEmpty() || Handle.parse(line.substring(1)).isEmpty()) {
                return Optional.empty();
            }
            nodes.put(line.substring(1), state.get());
        }
        return Optional.of(new Holders(nodes));
    }

    private static Optional<State> state(char letter) {
        for (State state : State.values()) {
            if (state.letter == letter) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    byte[] encode() {
        return new TreeMap<>(nodes)
                .entrySet().stream()
                        .map(node -> node.getValue().letter + node.getKey() + "\n")
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.US_ASCII);
    }

    Set<String> ids() {
        return nodes.keySet();
    }

    boolean isOpen(String id) {
        return nodes.get(id) == State.OPEN;
    }

    Holders and(String id) {
        Map<String, State> more = new TreeMap<>(nodes);
        more.put(id, State.OPEN);
        return new Holders(more);
    }

    Holders without(Collection<String> ids) {
        Map<String, State> fewer = new TreeMap<>(nodes);
        fewer.keySet().removeAll(ids);
        return new Holders(fewer);
    }

    /** With these fenced, as far as they are in it. */
    Holders fenced(Collection<String> ids) {
        Map<String, State> fenced = new TreeMap<>(nodes);
        ids.forEach(id -> fenced.computeIfPresent(id, (same, state) -> State.FENCED));
        return new Holders(fenced);
    }
}
