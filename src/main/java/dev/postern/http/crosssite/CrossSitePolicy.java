package dev.postern.http.crosssite;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a page of another site may have made a request, and the request must therefore not be carried out in its
 * user's name. What the browser says of the page decides (Fetch Metadata); where it says nothing, the header
 * {@code Origin} does, and where there is none, {@code Referer}. Pages of trusted origins may.
 *
 * <p>Immutable.
 *
 * @param trusted other origins whose pages may act in the name of our users
 * @param isIsolating whether pages of other sites may not even load into themselves what a user sees
 */
public record CrossSitePolicy(Set<Origin> trusted, boolean isIsolating) {

    private static final Set<String> OTHER_SITES = Set.of("same-site", "cross-site");
    private static final Set<String> EMBEDDED = Set.of("object", "embed");

    public CrossSitePolicy {
        trusted = Set.copyOf(trusted);
    }

    /** What a request does. */
    enum Deed {
        /** It reads: {@code GET}, {@code HEAD} and {@code OPTIONS}. Other sites do not see the answer. */
        READING,
        /** It may change something. */
        CHANGING,
        /** It opens a WebSocket, over which the page sees everything. */
        CONNECTING
    }

    /**
     * What a request says of where it comes from.
     *
     * @param own the origin to which it was sent
     * @param fetch what the browser says of how it came about
     * @param origin all that it has for {@code Origin}
     * @param referer all that it has for {@code Referer}
     * @param hasCookie whether it carries a cookie of ours, which browsers add to any request of a page
     */
    record Traces(Origin own, Fetch fetch, List<String> origin, List<String> referer, boolean hasCookie) {}

    /** All that a request has for {@code Sec-Fetch-Site}, {@code Sec-Fetch-Mode} and {@code Sec-Fetch-Dest}. */
    record Fetch(List<String> site, List<String> mode, List<String> destination) {

        /** Whether another site's page loads what it asks for into itself, instead of leading its user there. */
        boolean isOfAnotherPage() {
            boolean isNavigation =
                    mode.equals(List.of("navigate")) && destination.stream().noneMatch(EMBEDDED::contains);
            return OTHER_SITES.contains(single(site).orElse("")) && !isNavigation;
        }
    }

    /** Whether the request may be carried out. */
    boolean admits(Deed deed, Traces traces) {
        if (deed == Deed.READING) {
            return !isIsolating || !traces.hasCookie() || !traces.fetch().isOfAnotherPage() || isTrusted(deed, traces);
        }
        if (traces.fetch().site().isEmpty()) {
            return isFromHome(deed, traces);
        }
        return switch (single(traces.fetch().site()).orElse("")) {
            case "same-origin" -> true;
            case "none" -> deed == Deed.CHANGING; // typed in, or from a bookmark: no page opens a socket like that
            case "same-site", "cross-site" -> isTrusted(deed, traces);
            default -> false;
        };
    }

    private boolean isTrusted(Deed deed, Traces traces) {
        return source(deed, traces).filter(trusted::contains).isPresent();
    }

    /** A client without any of these headers is no browser; so no other site made it send its cookie. */
    private boolean isFromHome(Deed deed, Traces traces) {
        if (traces.origin().isEmpty() && traces.referer().isEmpty()) {
            return deed == Deed.CHANGING && !traces.hasCookie();
        }
        return source(deed, traces)
                .filter(source -> source.isHomeOf(traces.own()) || trusted.contains(source))
                .isPresent();
    }

    /** The page's origin. Browsers send it with every handshake, so that nothing else counts there. */
    private static Optional<Origin> source(Deed deed, Traces traces) {
        if (!traces.origin().isEmpty() || deed == Deed.CONNECTING) {
            return single(traces.origin()).flatMap(Origin::parse);
        }
        return single(traces.referer()).flatMap(Origin::of);
    }

    private static Optional<String> single(List<String> values) {
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
