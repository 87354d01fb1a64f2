package dev.postern.session.token;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Reduces a client's address to what tells one client from another.
 *
 * <p>Stateless.
 */
public final class ClientAddress {

    private static final int NETWORK_BYTES = 8;

    /** What is looked up as an IPv6 address. For other text Java may ask a name server. */
    private static final Pattern VERSION_6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");

    private ClientAddress() {}

    /** The network of an IPv6 address, because a client has all 2^64 addresses of it; any other address as it is. */
    @SuppressWarnings("AddressSelection") // a literal has one address, and no name server is asked for it
    public static String network(String address) {
        int zone = address.indexOf('%');
        String literal = zone < 0 ? address : address.substring(0, zone);
        if (!VERSION_6.matcher(literal).matches()) {
            return literal;
        }
        try {
            InetAddress known = InetAddress.getByName(literal);
            return known instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(known.getAddress(), NETWORK_BYTES))
                    : known.getHostAddress();
        } catch (UnknownHostException e) {
            return literal;
        }
    }
}
