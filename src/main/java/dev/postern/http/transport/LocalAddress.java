package dev.postern.http.transport;

/**
 * Which hosts and addresses are on the machine of a client, or in a network without the Internet. It reads texts as
 * servers give them, and asks no name server. It runs in each request over plain http, so it uses no regular
 * expression.
 */
final class LocalAddress {

    private static final String LOCALHOST = "localhost";
    private static final int OCTETS = 4;
    private static final int MOST_DIGITS = 3;
    private static final int HEXTET = 4;
    private static final String HEXADECIMAL = "0123456789abcdefABCDEF";

    private LocalAddress() {}

    /** Whether a host of a URL is the machine of the browser: {@code localhost}, below it, or a loopback address. */
    static boolean isLoopbackHost(String host) {
        return LOCALHOST.equalsIgnoreCase(host)
                || isBelowLocalhost(host)
                || isLoopback4(host)
                || withoutBrackets(host).equals("::1");
    }

    /** Whether the address is a loopback address. */
    static boolean isLoopback(String address) {
        if (isLoopback4(address)) {
            return true;
        }
        String version6 = withoutZone(withoutBrackets(address));
        return version6.equals("::1") || version6.equals("0:0:0:0:0:0:0:1");
    }

    /** Whether the address is in a private network (RFC 1918, RFC 4193), such as between containers and their host. */
    static boolean isPrivate(String address) {
        if (!isVersion4(address)) {
            return isUniqueLocal(withoutZone(address));
        }
        int first = octet(address, 0);
        int second = octet(address, address.indexOf('.') + 1);
        return first == 10 || (first == 192 && second == 168) || (first == 172 && second >= 16 && second <= 31);
    }

    private static boolean isBelowLocalhost(String host) {
        int dot = host.length() - LOCALHOST.length() - 1;
        return dot > 0
                && host.charAt(dot) == '.'
                && host.regionMatches(true, dot + 1, LOCALHOST, 0, LOCALHOST.length());
    }

    private static boolean isLoopback4(String address) {
        return address.startsWith("127.") && isVersion4(address);
    }

    /** Four numbers of one to three digits each. */
    private static boolean isVersion4(String address) {
        int octets = 1;
        int digits = 0;
        for (int at = 0; at < address.length(); at++) {
            char next = address.charAt(at);
            if (next == '.' && digits > 0) {
                octets++;
                digits = 0;
            } else if (next < '0' || next > '9' || ++digits > MOST_DIGITS) {
                return false;
            }
        }
        return octets == OCTETS && digits > 0;
    }

    private static int octet(String address, int begin) {
        int value = 0;
        for (int at = begin; address.charAt(at) != '.'; at++) {
            value = 10 * value + address.charAt(at) - '0';
        }
        return value;
    }

    /** An address of version 6 that begins with {@code fc} or {@code fd}. */
    private static boolean isUniqueLocal(String address) {
        return address.indexOf(':') == HEXTET
                && address.length() > HEXTET + 1
                && (address.regionMatches(true, 0, "fc", 0, 2) || address.regionMatches(true, 0, "fd", 0, 2))
                && address.chars().allMatch(each -> each == ':' || HEXADECIMAL.indexOf(each) >= 0);
    }

    /** The address without the name of its network interface. */
    private static String withoutZone(String address) {
        int percent = address.indexOf('%');
        return percent < 0 ? address : address.substring(0, percent);
    }

    private static String withoutBrackets(String host) {
        int begin = host.startsWith("[") ? 1 : 0;
        int end = host.endsWith("]") ? host.length() - 1 : host.length();
        return begin < end ? host.substring(begin, end) : "";
    }
}
