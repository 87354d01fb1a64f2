package dev.postern.bench;

import java.util.function.Predicate;

/** A check where there are three members, of rows that another one owns. */
public class RemoteOwner extends OnGrid {

    @Override
    int members() {
        return 3;
    }

    @Override
    Predicate<String> rows(MemberCluster of) {
        return key -> !of.owns(key);
    }
}
