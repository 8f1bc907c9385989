package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetTest {

    private static DataSet data(boolean single) {
        int[] labels = {2, 0, 1, 2, 3};
        return single
                ? DataSet.ofSingles(new float[][] {{0.5f, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}}, labels, 4)
                : DataSet.of(new double[][] {{0.5, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}}, labels, 4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hasAFirstPart(boolean single) {
        DataSet first = data(single).first(2);
        assertThat(first.inputs()).isDeepEqualTo(new double[][] {{0.5, 1}, {2, 3}});
        assertThat(first.labels()).containsExactly(2, 0);
        assertThat(first.classes()).isEqualTo(4);
        assertThat(first.single(0)).containsExactly(0.5f, 1.0f);
        for (int count : new int[] {0, 6, -1}) {
            assertThatThrownBy(() -> data(single).first(count))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("count must be in [1, 5], got " + count);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hasALastPart(boolean single) {
        DataSet last = data(single).last(2);
        assertThat(last.inputs()).isDeepEqualTo(new double[][] {{6, 7}, {8, 9}});
        assertThat(last.labels()).containsExactly(2, 3);
        assertThat(data(single).last(5).labels()).isEqualTo(data(single).labels());
        assertThatThrownBy(() -> data(single).last(6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count must be in [1, 5], got 6");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hasAPartOfSomeClasses(boolean single) {
        DataSet some = data(single).ofClasses(2, 0);
        assertThat(some.inputs()).isDeepEqualTo(new double[][] {{0.5, 1}, {2, 3}, {6, 7}});
        assertThat(some.labels()).containsExactly(0, 1, 0);
        assertThat(some.classes()).isEqualTo(2);
        for (int[] kept : new int[][] {{0, 0}, {0, 4}, {-1, 0}}) {
            assertThatThrownBy(() -> data(single).ofClasses(kept))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("classes must be different and in [0, 4), got [" + kept[0] + ", " + kept[1] + "]");
        }
        assertThatThrownBy(() -> data(single).ofClasses(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("classes must be at least 2, got 1");
        assertThatThrownBy(() -> data(single).first(1).ofClasses(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("samples must be at least 1, got 0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lendsNothing(boolean single) {
        DataSet data = data(single);
        data.single(0)[0] = 100.0f;
        assertThat(data.single(0)).containsExactly(0.5f, 1.0f);
    }
}
