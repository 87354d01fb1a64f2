package dev.postern.it.rig.node;

import java.util.List;
import java.util.stream.Stream;

/** What JVMs that live for a minute on few processors are told. */
final class QuickJvm {

    /**
     * Without the optimizing compiler, without helpers of the collector, and without the verifier, which alone takes a fifth of the time
     * that a server starts in: the compiler of this build made the classes, or that of the server's makers.
     */
    static final List<String> OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote");

    private QuickJvm() {}

    static List<String> with(String... more) {
        return Stream.concat(OPTIONS.stream(), Stream.of(more)).toList();
    }
}
