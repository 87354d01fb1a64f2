package dev.postern.bench;

import java.util.List;

/** The goals of this project for what is measured here. */
final class Goals {

    static final List<Goal> ALL = List.of(
            Goal.atLeast("RS256 to a check with leased copies", "Jwt.rs256", "OneMember.leased", 10),
            Goal.atLeast("HS256 to a check with leased copies", "Jwt.hs256", "OneMember.leased", 3),
            Goal.atMost("check with leased copies, µs", "OneMember.leased", 1.5),
            Goal.atLeast("raw get to a check with leased copies", "OneMember.rawGet", "OneMember.leased", 25),
            Goal.atMost("strict check to raw get, one member", "OneMember.strict", "OneMember.rawGet", 1.15),
            Goal.atMost("strict check to raw get, owner here", "LocalOwner.strict", "LocalOwner.rawGet", 1.15),
            Goal.atMost("strict check to raw get, owner elsewhere", "RemoteOwner.strict", "RemoteOwner.rawGet", 1.15),
            Goal.atLeast(
                    "Spring's find, touch and save to a strict check, one member",
                    "OneMember.springPerRequest",
                    "OneMember.strict",
                    2),
            Goal.atLeast("the same, owner here", "LocalOwner.springPerRequest", "LocalOwner.strict", 2),
            Goal.atLeast("the same, owner elsewhere", "RemoteOwner.springPerRequest", "RemoteOwner.strict", 2),
            Goal.atMost("forged token, µs (the run fails if the grid is asked)", "Forged.reject", 2),
            Goal.atMost(
                    "strict check among 1 000 000 sessions to one among 1 000, one member",
                    "Crowd.strict 1 x 1000000",
                    "Crowd.strict 1 x 1000",
                    1.25),
            Goal.atMost("the same, three members", "Crowd.strict 3 x 1000000", "Crowd.strict 3 x 1000", 1.25),
            Goal.atMost(
                    "sign-out with leased copies to a compare-and-set, three members",
                    "Lifecycle.leasedSignOut 3",
                    "Lifecycle.compareAndSet 3",
                    2),
            Goal.atMost(
                    "strict check with a database beside the grid to one without",
                    "BesideDatabase.check",
                    "BesideDatabase.aloneCheck",
                    1.1),
            Goal.atLeast(
                    "Spring's find, touch and save in a database to a strict check with one beside the grid",
                    "BesideDatabase.springCheck",
                    "BesideDatabase.check",
                    2),
            Goal.atLeast(
                    "Spring's sign-in in a database to one with it beside the grid",
                    "BesideDatabase.springSignIn",
                    "BesideDatabase.signIn",
                    1),
            Goal.atMost("heap of a session at its owner, index included, bytes", "Heap.session", 800),
            Goal.atMost("heap of a tombstone at its owner, index included, bytes", "Heap.session's tombstone", 450),
            Goal.atMost(
                    "heap of a session, mean of its three copies, index included, bytes",
                    "Heap.mean of three copies of a session",
                    900),
            Goal.atMost(
                    "heap of a tombstone, mean of its three copies, index included, bytes",
                    "Heap.mean of three copies of a session's tombstone",
                    450),
            Goal.atMost(
                    "revoking 1 000 sessions of a user, until a node with leased copies knows, µs",
                    "AllOfUser.revokeEverywhere 3 1000",
                    1_000_000));

    private Goals() {}
}
