package dev.postern;

import dev.postern.DeclaredTests.DeclaredTest;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Where the build runs a test, by the name of its class and its tags. {@code PlaceTest} holds this to the POMs. */
enum Place {
    JVM,
    MEMBERS,
    PAYARA,
    WILDFLY;

    /** By {@code mvn verify}; empty if not at all. */
    static Set<Place> byDay(DeclaredTest test) {
        return places(test, true);
    }

    /** By {@code mvn -Pnightly verify}; empty if not at all. */
    static Set<Place> atNight(DeclaredTest test) {
        return places(test, false);
    }

    private static Set<Place> places(DeclaredTest test, boolean isDay) {
        Set<Place> places = EnumSet.noneOf(Place.class);
        Stream.of(values()).filter(place -> place.runs(test, isDay)).forEach(places::add);
        return places;
    }

    private boolean runs(DeclaredTest test, boolean isDay) {
        boolean isLeftOut = isDay && test.tags().contains("long");
        return switch (this) {
            case JVM -> isOfOneJvm(test) && !isLeftOut;
            case MEMBERS -> isIntegrationTest(test) && test.tags().contains("faults") && !isLeftOut;
            case PAYARA -> isOnServers(test, isDay, isDay ? "wildfly-by-day" : "none");
            case WILDFLY -> isOnServers(test, isDay, isDay ? "payara-by-day" : "none");
        };
    }

    /** The slow ones of {@code src/test} are named like the others; fuzz tests are in {@code src} alone. */
    private static boolean isOfOneJvm(DeclaredTest test) {
        boolean isOfSrc = test.root().startsWith("src");
        return test.runner().endsWith("Test") || (isOfSrc && test.runner().endsWith("Fuzz"));
    }

    private static boolean isIntegrationTest(DeclaredTest test) {
        return test.root().startsWith("src-it") && test.runner().endsWith("IT");
    }

    private static boolean isOnServers(DeclaredTest test, boolean isDay, String elsewhere) {
        Set<String> tags = test.tags();
        boolean isOnNodes = !tags.contains("faults") || (!isDay && tags.contains("on-servers"));
        boolean isExcluded = tags.contains(elsewhere) || (isDay && tags.contains("long"));
        return isIntegrationTest(test) && (tags.contains("last") || (isOnNodes && !isExcluded));
    }
}
