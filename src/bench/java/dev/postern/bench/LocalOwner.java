package dev.postern.bench;

import java.util.function.Predicate;

/** A check where there are three members, of rows that the asking one owns. */
public class LocalOwner extends OnGrid {

    @Override
    int members() {
        return 3;
    }

    @Override
    Predicate<String> rows(MemberCluster of) {
        return of::owns;
    }
}
