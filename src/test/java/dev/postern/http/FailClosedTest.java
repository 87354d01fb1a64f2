package dev.postern.http;

import static dev.postern.hazelcast.FaultyGrid.Operation.CREATE;
import static dev.postern.hazelcast.FaultyGrid.Operation.READ;
import static dev.postern.hazelcast.FaultyGrid.Operation.SWAP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.hazelcast.FaultyGrid;
import dev.postern.hazelcast.FaultyGrid.Fault;
import dev.postern.hazelcast.FaultyGrid.Operation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault of the grid, in every operation, at every entry: over the real adapter and a real map that fails. */
@Tag("P-118")
@Tag("X-28")
@Tag("S-66")
@Tag("S-90")
@Tag("G11")
@Tag("I7")
class FailClosedTest {

    private static final FaultyGrid GRID = new FaultyGrid();

    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final FrontDesk desk = new FrontDesk(GRID.cache(PATIENCE));

    /** How clients come in, which operations they cannot do without, and what they get when all is well. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes the sets
    private enum Entry {
        PROTECTED(EnumSet.of(READ, SWAP), 200) {
            @Override
            FrontDesk.Answer ask(FrontDesk desk, String cookie) {
                return desk.page(cookie, true);
            }
        },
        PUBLIC(EnumSet.noneOf(Operation.class), 200) {
            @Override
            FrontDesk.Answer ask(FrontDesk desk, String cookie) {
                return desk.page(cookie, false);
            }
        },
        ASKING_WHO_CALLS(EnumSet.of(READ, SWAP), 200) {
            @Override
            FrontDesk.Answer ask(FrontDesk desk, String cookie) {
                return desk.pageThatAsks(cookie);
            }
        },
        SIGN_IN(EnumSet.of(READ, CREATE), 200) {
            @Override
            FrontDesk.Answer ask(FrontDesk desk, String cookie) {
                return desk.signIn(FrontDesk.anonymous());
            }
        },
        SIGN_IN_AGAIN(EnumSet.of(READ, SWAP), 200) {
            @Override
            FrontDesk.Answer ask(FrontDesk desk, String cookie) {
                return desk.signIn(FrontDesk.with(cookie));
            }
        },
        STATUS(EnumSet.of(READ), 200) {
            @Override
            FrontDesk.Answer ask(FrontDesk desk, String cookie) {
                return desk.status(cookie);
            }
        },
        SIGN_OUT(EnumSet.of(READ, SWAP), 204) {
            @Override
            FrontDesk.Answer ask(FrontDesk desk, String cookie) {
                return desk.signOut(cookie);
            }
        },
        LOGOUT(EnumSet.of(READ, SWAP), 200) {
            @Override
            FrontDesk.Answer ask(FrontDesk desk, String cookie) {
                return desk.logout(cookie);
            }
        };

        private final Set<Operation> needed;
        private final int well;

        Entry(Set<Operation> needed, int well) {
            this.needed = needed;
            this.well = well;
        }

        abstract FrontDesk.Answer ask(FrontDesk desk, String cookie);

        boolean endsTheSession() {
            return this == SIGN_OUT || this == LOGOUT;
        }
    }

    @AfterEach
    void mend() {
        GRID.recover();
        Thread.interrupted();
    }

    @AfterAll
    static void stop() {
        GRID.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyEntryAnswers503AndChangesNoCookieWhenItsReadFails(Fault fault) {
        holds(fault, READ);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyEntryAnswers503AndChangesNoCookieWhenItsCreationFails(Fault fault) {
        holds(fault, CREATE);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyEntryAnswers503AndChangesNoCookieWhenItsSwapFails(Fault fault) {
        holds(fault, SWAP);
    }

    @ParameterizedTest
    @EnumSource(Entry.class)
    void answersWhenAllIsWell(Entry entry) {
        assertThat(entry.ask(desk, desk.cookieOfAnn()).status()).isEqualTo(entry.well);
    }

    @Test
    void signInWithAnOldCookieIs503WhenTheKeysCannotBeHad() {
        String cookie = desk.cookieOfAnn();
        desk.loseKeys();

        refuses(desk.signIn(FrontDesk.with(cookie)));
        refuses(desk.signIn(FrontDesk.anonymous()));
    }

    @Test
    void signInIs503WhenNobodyCanSayHowManyHaveFailed() {
        desk.loseTallies();

        refuses(desk.signIn(FrontDesk.anonymous()));
    }

    private static void refuses(FrontDesk.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers("Retry-After")).containsExactly("1");
        assertThat(answer.headers("WWW-Authenticate")).isEmpty();
        assertThat(answer.headers("Set-Cookie")).isEmpty();
    }

    private void holds(Fault fault, Operation operation) {
        for (Entry entry : Entry.values()) {
            boolean isNeeded = entry.needed.contains(operation);
            String what = entry + " when " + operation + " meets " + fault;
            String cookie = desk.cookieOfAnn();
            GRID.fail(operation, fault);
            if (isNeeded) {
                fault.strikeThread();
            }

            FrontDesk.Answer answer = entry.ask(desk, cookie);

            int failures = GRID.failures();
            GRID.recover();
            Thread.interrupted();
            if (fault == Fault.TIME_OUT) {
                assertThat(failures).as("waits of " + what).isLessThanOrEqualTo(1);
            }
            judge(entry, isNeeded, answer, what);
            judgeAfterwards(entry, cookie, isUnknown(entry, fault, answer), what);
        }
    }

    private static void judge(Entry entry, boolean isNeeded, FrontDesk.Answer answer, String what) {
        assertThat(answer.status()).as(what).isEqualTo(isNeeded ? 503 : entry.well);
        if (isNeeded) {
            assertThat(answer.headers("Retry-After")).as(what).containsExactly("1");
            assertThat(answer.headers("WWW-Authenticate")).as(what).isEmpty();
        }
        if (isNeeded || entry == Entry.PUBLIC) {
            assertThat(answer.headers("Set-Cookie")).as(what).isEmpty();
        }
    }

    /** A sign-in over a session ends its token at once, also when nobody waits for that any more. */
    private static boolean isUnknown(Entry entry, Fault fault, FrontDesk.Answer answer) {
        return entry == Entry.SIGN_IN_AGAIN && (fault.goesOn() || answer.status() == 200);
    }

    /** The same cookie is as good as before; after a sign-out it is not, whether or not that could be written. */
    private void judgeAfterwards(Entry entry, String cookie, boolean isUnknown, String what) {
        int status = desk.page(cookie, true).status();
        if (entry.endsTheSession()) {
            assertThat(status).as(what).isEqualTo(401);
            assertThat(desk.keeper().endingRetrier("test").retry()).as(what).isTrue();
            FrontDesk another = new FrontDesk(GRID.cache(PATIENCE), desk);
            assertThat(another.page(cookie, true).status()).as(what).isEqualTo(401);
        } else if (!isUnknown) {
            assertThat(status).as(what).isEqualTo(200);
        }
    }
}
