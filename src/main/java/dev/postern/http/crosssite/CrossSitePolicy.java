package dev.postern.http.crosssite;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a page of another site may have made a request. Such a request must not act in the name of its user,
 * unless the page has a trusted origin. The decision follows Fetch Metadata; without it the header {@code Origin};
 * without this one {@code Referer}.
 *
 * <p>Immutable.
 *
 * @param trusted other origins whose pages may act in the name of our users
 * @param isIsolating whether pages of other sites may not even embed what a user sees
 */
public record CrossSitePolicy(Set<Origin> trusted, boolean isIsolating) {

    private static final Set<String> OTHER_SITES = Set.of("same-site", "cross-site");
    private static final Set<String> EMBEDDED = Set.of("object", "embed");

    public CrossSitePolicy {
        trusted = Set.copyOf(trusted);
    }

    /** The kind of a request. */
    enum Deed {
        /** It reads: {@code GET}, {@code HEAD} and {@code OPTIONS}. Other sites do not see the answer. */
        READING,
        /** It may change something. */
        CHANGING,
        /** It opens a WebSocket, over which the page sees everything. */
        CONNECTING
    }

    /**
     * The headers of a request that show where it comes from.
     *
     * @param own the origin to which it was sent
     * @param fetch the browser's Fetch Metadata
     * @param origin all values of {@code Origin}
     * @param referer all values of {@code Referer}
     * @param hasCookie whether it carries a cookie of ours, which browsers add to any request of a page
     */
    record Traces(Origin own, Fetch fetch, List<String> origin, List<String> referer, boolean hasCookie) {}

    /** All values of {@code Sec-Fetch-Site}, {@code Sec-Fetch-Mode} and {@code Sec-Fetch-Dest}. */
    record Fetch(List<String> site, List<String> mode, List<String> destination) {

        /** Whether a page of another site embeds or fetches the answer, instead of navigating to it. */
        boolean isEmbeddedElsewhere() {
            boolean isNavigation =
                    mode.equals(List.of("navigate")) && destination.stream().noneMatch(EMBEDDED::contains);
            return OTHER_SITES.contains(single(site).orElse("")) && !isNavigation;
        }
    }

    /** Whether the request may be carried out. */
    boolean admits(Deed deed, Traces traces) {
        if (deed == Deed.READING) {
            return !isIsolating
                    || !traces.hasCookie()
                    || !traces.fetch().isEmbeddedElsewhere()
                    || isTrusted(deed, traces);
        }
        if (traces.fetch().site().isEmpty()) {
            return isFromHome(deed, traces);
        }
        return switch (single(traces.fetch().site()).orElse("")) {
            case "same-origin" -> true;
            case "none" -> deed == Deed.CHANGING; // typed in, or from a bookmark; a page never opens a socket this way
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

    /** The page's origin. Browsers send {@code Origin} with every handshake, so only this header counts there. */
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
