package dev.postern.demo.cluster;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the secrets of a run. Safe for concurrent use. */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private Secrets() {}

    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
