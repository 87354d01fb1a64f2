package dev.postern.bench;

import java.util.function.Predicate;

/** A check where there is one member, which owns all rows. */
public class OneMember extends OnGrid {

    @Override
    int members() {
        return 1;
    }

    @Override
    Predicate<String> rows(MemberCluster of) {
        return key -> true;
    }
}
