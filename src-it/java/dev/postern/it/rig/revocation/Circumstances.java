package dev.postern.it.rig.revocation;

/**
 * What else went on during a call.
 *
 * <p>Immutable.
 *
 * @param isLoaded whether clients used the nodes meanwhile
 * @param isFirst whether it was the first call since the fault, which finds out about the node; always without a fault
 */
public record Circumstances(boolean isLoaded, Fault fault, boolean isFirst) {

    String load() {
        return isLoaded ? "under load" : "quiet";
    }

    String trouble() {
        return fault == Fault.NONE ? fault.title() : fault.title() + (isFirst ? ", first call" : ", later call");
    }
}
