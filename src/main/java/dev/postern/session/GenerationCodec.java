package dev.postern.session;

import dev.postern.session.Formers.Former;
import dev.postern.session.Formers.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The part of a row that tells of its secrets, as bytes and back; see {@link RowFormat}. */
final class GenerationCodec {

    private GenerationCodec() {}

    static void write(Generation generation, RowWriter out) {
        out.number(generation.number()).time(generation.since()).hash(generation.current());
        generation
                .pending()
                .ifPresentOrElse(
                        some -> out.flag(true)
                                .number(some.number())
                                .hash(some.hash())
                                .time(some.at()),
                        () -> out.flag(false));
        out.octet((byte) generation.formers().all().size());
        generation.formers().all().forEach(former -> out.number(former.number())
                .time(former.at())
                .octet(code(former.way())));
    }

    static Generation read(RowReader in) {
        return new Generation(
                in.number(),
                in.time(),
                in.hash(),
                in.flag() ? Optional.of(new Generation.Pending(in.number(), in.hash(), in.time())) : Optional.empty(),
                formers(in));
    }

    private static Formers formers(RowReader in) {
        int count = in.octet();
        if (count < 0 || count > Formers.MOST) {
            throw new UnreadableRowException(count + " former tokens");
        }
        List<Former> formers = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            formers.add(new Former(in.number(), in.time(), way(in.octet())));
        }
        return new Formers(formers);
    }

    private static byte code(Way way) {
        return switch (way) {
            case RENEWED -> 1;
            case SIGNED_OVER -> 2;
            case SIGNED_OVER_UNSEEN -> 3;
            case NEVER_USED -> 4;
            case RENEWED_UNSEEN -> 5;
        };
    }

    private static Way way(byte code) {
        return Stream.of(Way.values())
                .filter(way -> code(way) == code)
                .findFirst()
                .orElseThrow(() -> new UnreadableRowException("way " + code));
    }
}
