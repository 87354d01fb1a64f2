package dev.postern.session.token;

import java.util.Arrays;

/** Compares key rings by what they compute, because they never show themselves. */
public final class TestRings {

    private TestRings() {}

    /** Whether both sign and index the same way. */
    public static boolean areEqual(KeyRing one, KeyRing other) {
        return Arrays.equals(signature(one), signature(other)) && Arrays.equals(index(one), index(other));
    }

    private static byte[] signature(KeyRing ring) {
        return ring.mac(ring.signingKey()).orElseThrow().doFinal(new byte[] {1});
    }

    private static byte[] index(KeyRing ring) {
        return ring.indexMac().doFinal(new byte[] {1});
    }
}
