package dev.postern.hazelcast.setup;

import com.hazelcast.instance.BuildInfoProvider;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Hazelcast, without the suffix of a server's own build.
 *
 * <p>Immutable.
 */
public record HazelcastVersion(int major, int minor, int patch) implements Comparable<HazelcastVersion> {

    /**
     * The first version without CVE-2026-107726 and CVE-2026-107725, which open a member's heap and the rows to every
     * client.
     */
    public static final HazelcastVersion FLOOR = new HazelcastVersion(5, 7, 0);

    /** Lower than every version. */
    public static final HazelcastVersion NONE = new HazelcastVersion(0, 0, 0);

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");

    /** The version of the classes that the application sees. */
    static HazelcastVersion ofClasses() {
        return parse(BuildInfoProvider.getBuildInfo().getVersion());
    }

    /** Reads {@code 5.7.0} or {@code 5.3.8-payara-1}. Any other text is {@link #NONE}. */
    static HazelcastVersion parse(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.matches()
                ? new HazelcastVersion(number(numbers.group(1)), number(numbers.group(2)), number(numbers.group(3)))
                : NONE;
    }

    @SuppressWarnings("NullAway") // a group that is absent
    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    @Override
    public int compareTo(HazelcastVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = Integer.compare(minor, other.minor);
        return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
