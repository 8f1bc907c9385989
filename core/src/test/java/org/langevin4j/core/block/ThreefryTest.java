package org.langevin4j.core.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreefryTest {

    /** Known answers of the Random123 distribution, file kat_vectors, threefry2x64 with 13 rounds. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000,0000000000000000,0000000000000000,0000000000000000,f167b032c3b480bd,e91f9fee4b7a6fb5",
        "ffffffffffffffff,ffffffffffffffff,ffffffffffffffff,ffffffffffffffff,ccdec5c917a874b1,4df53abca26ceb01",
        "243f6a8885a308d3,13198a2e03707344,a4093822299f31d0,082efa98ec4e6c89,c3aac71561042993,3fe7ae8801aff316",
    })
    void givesTheKnownAnswers(String c0, String c1, String k0, String k1, String r0, String r1) {
        long[] words = {Long.parseUnsignedLong(c0, 16), Long.parseUnsignedLong(c1, 16)};
        Threefry.hash(Long.parseUnsignedLong(k0, 16), Long.parseUnsignedLong(k1, 16), words);
        assertThat(Long.toHexString(words[0])).isEqualTo(r0);
        assertThat(Long.toHexString(words[1])).isEqualTo(r1);
    }
}
