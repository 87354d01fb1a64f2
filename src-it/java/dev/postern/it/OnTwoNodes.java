package dev.postern.it;

/**
 * What tests need that are written down by their subject, so that one start of the servers serves several subjects.
 */
interface OnTwoNodes {

    /** The nodes, which are up. */
    TwoNodes nodes();

    /** The test's own browser. */
    Browser browser();
}
