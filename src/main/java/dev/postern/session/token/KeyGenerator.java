package dev.postern.session.token;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws keys in the form of the settings: {@code java -jar postern.jar key}. With a number behind it draws one more
 * signing key with that id, for a ring that there is.
 */
public final class KeyGenerator {

    private static final String USAGE = """
        java -jar postern.jar key        generates postern.keys and postern.keys.index for a new cluster
        java -jar postern.jar key <id>   generates one more key for postern.keys; the id is a number from 0 to 255
        """;

    private KeyGenerator() {}

    /** Ends with 0, or with 2 when the arguments are wrong. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), new SecureRandom(), System.out, System.err));
    }

    static int run(List<String> arguments, RandomGenerator random, PrintStream out, PrintStream usage) {
        if (arguments.equals(List.of("key"))) {
            out.print("postern.keys=1:" + drawn(random) + "\npostern.keys.index=" + drawn(random) + "\n");
            return 0;
        }
        if (arguments.size() == 2 && arguments.get(0).equals("key") && KeyRing.isId(arguments.get(1))) {
            out.print(arguments.get(1) + ":" + drawn(random) + "\n");
            return 0;
        }
        usage.print(USAGE);
        return 2;
    }

    private static String drawn(RandomGenerator random) {
        byte[] key = new byte[KeyRing.KEY_BYTES];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
