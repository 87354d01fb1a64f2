package dev.postern.session.row;

import dev.postern.AuthenticationMethods;
import dev.postern.Ending;
import dev.postern.session.generation.Generation;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.generation.RetiredTokens;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Epoch.Spared;
import dev.postern.session.row.SessionRow.HalfWay;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.ClientHash;
import dev.postern.session.token.Handle;
import dev.postern.session.token.SecretHash;
import dev.postern.session.user.SessionUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rows out of random numbers, the same for the same numbers. */
final class AnyRows {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123Z");

    private AnyRows() {}

    static SessionRow any(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Revoked(time(random), ending(random), time(random));
            case 1 -> epoch(random, time(random));
            case 2 -> halfWay(random);
            case 3 -> providerName(random);
            default -> active(random, texts(random), entries(random));
        };
    }

    private static Epoch epoch(Random random, Instant notBefore) {
        Spared spared = new Spared(handle(random), notBefore.minusMillis(1 + random.nextInt(1000)));
        return new Epoch(notBefore, random.nextBoolean() ? Optional.of(spared) : Optional.empty());
    }

    private static HalfWay halfWay(Random random) {
        return new HalfWay(
                new SessionUser("user " + random.nextInt(), texts(random), entries(random)),
                methods(random),
                random.nextBoolean(),
                time(random),
                time(random),
                new HalfWay.Progress(
                        random.nextInt(HalfWay.MOST_ATTEMPTS + 1), random.nextBoolean(), random.nextLong()));
    }

    static ProviderName providerName(Random random) {
        SortedMap<RowKey, Instant> named = new TreeMap<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            Handle user = handle(random);
            named.put(random.nextBoolean() ? RowKey.epoch(user) : RowKey.session(user, handle(random)), time(random));
        }
        return new ProviderName(named, random.nextBoolean() ? Instant.EPOCH : time(random));
    }

    private static Ending ending(Random random) {
        Ending[] all = Ending.values();
        return all[Math.floorMod(random.nextInt(), all.length)];
    }

    static Active active(Random random, Set<String> roles, Map<String, String> metadata) {
        return new Active(
                new SessionUser("user " + random.nextInt(), roles, entries(random)),
                new SessionTimes(time(random), time(random), time(random), time(random), time(random)),
                methods(random),
                new Generation(
                        1 + random.nextInt(Generation.LAST / 2),
                        time(random),
                        Generation.LAST / 2 + 1 + random.nextInt(Generation.LAST / 2),
                        hash(random),
                        offers(random),
                        retired(random)),
                random.nextBoolean(),
                metadata);
    }

    private static Set<String> methods(Random random) {
        Set<String> methods = new HashSet<>();
        for (int left = random.nextInt(AuthenticationMethods.MOST + 1); left > 0; left--) {
            methods.add("method" + random.nextInt(100));
        }
        return methods;
    }

    private static OfferedTokens offers(Random random) {
        List<OfferedTokens.Offer> offers = new ArrayList<>();
        for (int i = random.nextInt(OfferedTokens.MOST + 1); i > 0; i--) {
            offers.add(new OfferedTokens.Offer(
                    random.nextInt(), hash(random), time(random), new ClientHash(random.nextLong())));
        }
        return offers.isEmpty()
                ? OfferedTokens.NONE
                : new OfferedTokens(offers, random.nextInt(OfferedTokens.REPORTED + 1), time(random));
    }

    private static RetiredTokens retired(Random random) {
        List<RetiredTokens.RetiredToken> retired = new ArrayList<>();
        for (int i = random.nextInt(RetiredTokens.MOST + 1); i > 0; i--) {
            RetiredTokens.Retirement[] ways = RetiredTokens.Retirement.values();
            retired.add(
                    new RetiredTokens.RetiredToken(random.nextInt(), time(random), ways[random.nextInt(ways.length)]));
        }
        return new RetiredTokens(retired);
    }

    private static Set<String> texts(Random random) {
        Set<String> texts = new HashSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            texts.add("rôle " + random.nextInt(100));
        }
        return texts;
    }

    private static Map<String, String> entries(Random random) {
        Map<String, String> entries = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            entries.put("name " + random.nextInt(100), "värde 𝄞 " + random.nextInt());
        }
        return entries;
    }

    private static SecretHash hash(Random random) {
        byte[] bytes = new byte[SecretHash.BYTES];
        random.nextBytes(bytes);
        return SecretHash.read(bytes);
    }

    private static Handle handle(Random random) {
        byte[] bytes = new byte[Handle.BYTES];
        random.nextBytes(bytes);
        return Handle.of(bytes);
    }

    private static Instant time(Random random) {
        return NOW.plusMillis(random.nextInt());
    }
}
