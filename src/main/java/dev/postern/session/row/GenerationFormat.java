package dev.postern.session.row;

import dev.postern.session.generation.Generation;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.generation.OfferedTokens.Offer;
import dev.postern.session.generation.RetiredTokens;
import dev.postern.session.generation.RetiredTokens.RetiredToken;
import dev.postern.session.generation.RetiredTokens.Retirement;
import dev.postern.session.token.ClientHash;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The part of a row that tells of its secrets, as bytes and back; see {@link RowFormat}. */
final class GenerationFormat {

    private GenerationFormat() {}

    static void write(Generation generation, RowWriter out) {
        out.number(generation.number())
                .time(generation.since())
                .number(generation.issued())
                .hash(generation.current());
        write(generation.offers(), out);
        out.octet((byte) generation.retired().all().size());
        generation.retired().all().forEach(former -> out.number(former.number())
                .time(former.at())
                .octet(code(former.retirement())));
    }

    private static void write(OfferedTokens offers, RowWriter out) {
        out.octet((byte) offers.all().size());
        offers.all().forEach(offer -> out.number(offer.number())
                .hash(offer.hash())
                .time(offer.at())
                .bits(offer.client().bits()));
        if (!offers.isEmpty()) {
            out.octet((byte) offers.unanswered()).time(offers.since());
        }
    }

    static Generation read(RowReader in) {
        return new Generation(in.number(), in.time(), in.number(), in.hash(), offers(in), retired(in));
    }

    private static OfferedTokens offers(RowReader in) {
        List<Offer> offers = new ArrayList<>();
        for (int left = count(in, OfferedTokens.MOST, "offers"); left > 0; left--) {
            offers.add(new Offer(in.number(), in.hash(), in.time(), new ClientHash(in.bits())));
        }
        return offers.isEmpty() ? OfferedTokens.NONE : new OfferedTokens(offers, in.octet(), in.time());
    }

    private static RetiredTokens retired(RowReader in) {
        List<RetiredToken> retired = new ArrayList<>();
        for (int left = count(in, RetiredTokens.MOST, "former tokens"); left > 0; left--) {
            retired.add(new RetiredToken(in.number(), in.time(), retirement(in.octet())));
        }
        return new RetiredTokens(retired);
    }

    private static int count(RowReader in, int most, String what) {
        int count = in.octet();
        if (count < 0 || count > most) {
            throw new RowReader.UnreadableRowException(count + " " + what);
        }
        return count;
    }

    private static byte code(Retirement retirement) {
        return switch (retirement) {
            case RENEWED -> 1;
            case REAUTHENTICATED -> 2;
            case REAUTHENTICATED_UNCONFIRMED -> 3;
            case NEVER_USED -> 4;
            case RENEWED_UNCONFIRMED -> 5;
            case OVERTAKEN -> 6;
            case RETURNED -> 7;
        };
    }

    private static Retirement retirement(byte code) {
        return Stream.of(Retirement.values())
                .filter(retirement -> code(retirement) == code)
                .findFirst()
                .orElseThrow(() -> new RowReader.UnreadableRowException("way " + code));
    }
}
