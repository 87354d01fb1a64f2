package dev.postern.http.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many proxies of the operator's own stand before the server. Each of them adds the address from which it was asked
 * to {@code X-Forwarded-For}, so the client's address is that many from the right. Addresses further to the left may
 * have been written by the client itself. Without proxies the address is the one that the server sees.
 *
 * <p>Immutable.
 *
 * @param count how many, 0 if the header does not count
 */
public record TrustedProxies(int count) {

    /** No proxy: the address is the one that the server sees. */
    public static final TrustedProxies NONE = new TrustedProxies(0);

    /** Stands for an address where the server has none, only a word. All clients without an address have this one. */
    static final String UNKNOWN = "unknown";

    private static final String HEADER = "X-Forwarded-For";

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String PORT = "(?::\\d{1,5})?";
    private static final Pattern VERSION_4 = Pattern.compile("(" + BYTE + "(?:\\." + BYTE + "){3})" + PORT);

    /** With brackets it may have a port. A zone means something to the one machine only. */
    private static final Pattern VERSION_6 =
            Pattern.compile("\\[?((?=[^\\]]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44})(?:%[^\\]]{0,64})?(?:]" + PORT + ")?");

    /** The client's address: always an IP address without a port, or {@link #UNKNOWN}. */
    String clientAddress(HttpServletRequest request) {
        return forwarded(request)
                .or(() -> parsed(String.valueOf(request.getRemoteAddr())))
                .orElse(UNKNOWN);
    }

    /** The request as one from the client itself: what asks it for the address of its sender gets the client's. */
    public HttpServletRequest fromClient(HttpServletRequest request) {
        String address = clientAddress(request);
        return new HttpServletRequestWrapper(request) {
            @Override
            public String getRemoteAddr() {
                return address;
            }
        };
    }

    /** A request with fewer addresses than there are proxies has not come through all of them. */
    private Optional<String> forwarded(HttpServletRequest request) {
        if (count == 0) {
            return Optional.empty();
        }
        List<String> addresses = List.of(
                String.join(",", Collections.list(request.getHeaders(HEADER))).split(",", -1));
        return addresses.size() < count ? Optional.empty() : parsed(addresses.get(addresses.size() - count));
    }

    @SuppressWarnings("AddressSelection") // a literal has one address, and nobody is asked for it
    private static Optional<String> parsed(String text) {
        String literal = text.strip().replaceFirst("^\"(.*)\"$", "$1");
        Matcher four = VERSION_4.matcher(literal);
        if (four.matches()) {
            return Optional.of(four.group(1));
        }
        Matcher six = VERSION_6.matcher(literal);
        try {
            return six.matches()
                    ? Optional.of(InetAddress.getByName(six.group(1)).getHostAddress())
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
