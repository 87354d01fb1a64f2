package dev.postern.it.rig.load;

import dev.postern.it.rig.client.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Who the clients are, and what they do of a thousand times.
 *
 * <p>Immutable.
 *
 * @param pages what they read; one that is listed twice, twice as often
 * @param signIns of those without a session; the other times they read pages as nobody
 * @param signOuts of those with a session
 * @param changes of those with a session: they sign in as somebody else over it
 * @param ghosts requests with the token of a session that was ended, or that its owner tried to end
 * @param thieves of those with a session: a thief uses the first token of it
 */
public record Habits(People people, List<Page> pages, int signIns, int signOuts, int changes, int ghosts, int thieves) {

    /** Clients that use their sessions and nothing else; bare members know no more. */
    public static final Habits BUSY = new Habits(
            new People(Integer.getInteger("it.faults.clients", 400), 1, 0),
            List.of(Page.RESOURCE),
            1000,
            50,
            0,
            80,
            10);

    private static final People MIXED = new People(200, 2, 40);
    /** For nodes that stay up. */
    public static final Habits RESTLESS = new Habits(MIXED, Page.VISITED, 250, 8, 4, 20, 0);
    /** For nodes that go: a client that changed users and got no answer would not know its user. */
    public static final Habits STEADY = new Habits(MIXED, Page.VISITED, 250, 5, 0, 20, 0);

    /**
     * The clients.
     *
     * @param browsers how many have a user
     * @param names as how many users each of those signs in, and how many browsers each user has
     * @param anonymous how many have none
     */
    public record People(int browsers, int names, int anonymous) {

        List<Client> clients(Recorder recorder) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < browsers + anonymous; i++) {
                clients.add(new Client(recorder, i < browsers ? names(i) : List.of()));
            }
            return clients;
        }

        private List<String> names(int browser) {
            return IntStream.range(0, names)
                    .mapToObj(i -> "user" + (browser + i * browsers / names) % browsers)
                    .toList();
        }
    }

    Page page(Random random) {
        return pages.get(random.nextInt(pages.size()));
    }

    /** The same while three in ten sign out. */
    Habits whileManyLeave() {
        return new Habits(people, pages, signIns, 300, changes, ghosts, thieves);
    }
}
