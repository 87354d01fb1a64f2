package dev.postern.rest;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Answers what the sub-resource locators demand that led to a resource method. Servers bind no filter to a locator, so
 * that its annotations would be ignored otherwise.
 *
 * <p>Nor do servers tell which locator it was. Every locator of the outer resource counts that can have returned the
 * inner one, unless a plain segment of its path is missing in the request. Where several remain, the caller has to
 * satisfy all of them; where none remains, all that the outer resource has.
 *
 * <p>A locator itself runs before any filter that is bound to a method: what it returns is guarded, not its own body.
 *
 * <p>Safe for concurrent use.
 */
final class Locators {

    private final Map<Class<?>, List<Locator>> known = new ConcurrentHashMap<>();

    /** What all locators on the way to the matched resource demand. */
    AccessRule rule(UriInfo uri) {
        List<Object> innermostFirst = uri.getMatchedResources();
        AccessRule all = AccessRule.UNDECLARED;
        for (int at = 1; at < innermostFirst.size(); at++) {
            Object inner = innermostFirst.get(at - 1);
            all = all.and(rule(innermostFirst.get(at).getClass(), inner, uri));
        }
        return all;
    }

    private AccessRule rule(Class<?> outer, Object inner, UriInfo uri) {
        List<Locator> locators = known.computeIfAbsent(outer, Locator::of);
        List<Locator> returning =
                locators.stream().filter(each -> each.mayReturn(inner)).toList();
        Set<String> segments = Set.copyOf(List.of(uri.getPath().split("[/;]")));
        List<Locator> matching =
                returning.stream().filter(each -> each.mayMatch(segments)).toList();
        return Stream.of(matching, returning, locators)
                .filter(candidates -> !candidates.isEmpty())
                .findFirst()
                .orElse(List.of())
                .stream()
                .map(Locator::rule)
                .reduce(AccessRule.UNDECLARED, AccessRule::and);
    }
}
