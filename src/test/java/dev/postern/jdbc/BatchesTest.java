package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

    @Test
    void areOfFewSizesAndInOrder() {
        List<Integer> all = IntStream.range(0, 340).boxed().toList();

        List<List<Integer>> batches = Batches.of(all, one -> 0);

        assertThat(batches).extracting(List::size).containsExactly(250, 64, 16, 4, 4, 1, 1);
        assertThat(batches.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
    }

    @Test
    void holdAMegabyteAtMostUnlessARowIsLarger() {
        assertThat(sizes(4, 1 << 18)).containsExactly(4);
        assertThat(sizes(4, (1 << 18) + 1)).containsExactly(1, 1, 1, 1);
        assertThat(sizes(1, 1 << 22)).containsExactly(1);
        assertThat(sizes(300, 1 << 16)).startsWith(16, 16).hasSize(18 + 3);
    }

    @Test
    void ofNothingAreNone() {
        assertThat(sizes(0, 1)).isEmpty();
    }

    private static List<Integer> sizes(int rows, int bytes) {
        return Batches.of(IntStream.range(0, rows).boxed().toList(), one -> bytes).stream()
                .map(List::size)
                .toList();
    }
}
