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
 * The number of the operator's own proxies before the server. Each proxy appends the address of its client to {@code
 * X-Forwarded-For}, so the client's address is the one with this number from the right. The client itself may have
 * written the addresses further left.
 *
 * <p>Immutable.
 *
 * @param count the number of proxies; with 0 the address is the one that the server sees
 */
public record TrustedProxies(int count) {

    /** No proxies. */
    public static final TrustedProxies NONE = new TrustedProxies(0);

    /** The address of all clients for whom the server has no IP address. */
    static final String UNKNOWN = "unknown";

    private static final String HEADER = "X-Forwarded-For";

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String PORT = "(?::\\d{1,5})?";
    private static final Pattern VERSION_4 = Pattern.compile("(" + BYTE + "(?:\\." + BYTE + "){3})" + PORT);

    /** In brackets the address may have a port. A zone is dropped: it has a meaning on one machine only. */
    private static final Pattern VERSION_6 =
            Pattern.compile("\\[?((?=[^\\]]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44})(?:%[^\\]]{0,64})?(?:]" + PORT + ")?");

    /** The client's address: always an IP address without a port, or {@link #UNKNOWN}. */
    String clientAddress(HttpServletRequest request) {
        return forwarded(request)
                .or(() -> parsed(String.valueOf(request.getRemoteAddr())))
                .orElse(UNKNOWN);
    }

    /** The request with the client's address as its remote address. */
    public HttpServletRequest fromClient(HttpServletRequest request) {
        String address = clientAddress(request);
        return new HttpServletRequestWrapper(request) {
            @Override
            public String getRemoteAddr() {
                return address;
            }
        };
    }

    /** Empty if the request has fewer addresses than there are proxies: it has not come through all of them. */
    private Optional<String> forwarded(HttpServletRequest request) {
        if (count == 0) {
            return Optional.empty();
        }
        List<String> addresses = List.of(
                String.join(",", Collections.list(request.getHeaders(HEADER))).split(",", -1));
        return addresses.size() < count ? Optional.empty() : parsed(addresses.get(addresses.size() - count));
    }

    @SuppressWarnings("AddressSelection") // a literal has one address, and no name server is asked
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
