package org.langevin4j.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

    @Test
    void isWhatTheFormatSays() throws IOException {
        byte[] bytes = written(Map.of("a.b", new double[] {1.0, -2.5}));
        String header = "{\"a.b\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}}";
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long length = buffer.getLong();
        assertThat(length % 8).isZero();
        assertThat(new String(bytes, 8, (int) length, StandardCharsets.US_ASCII).trim())
                .isEqualTo(header);
        buffer.position(8 + (int) length);
        assertThat(buffer.getDouble()).isEqualTo(1.0);
        assertThat(buffer.getDouble()).isEqualTo(-2.5);
        assertThat(buffer.hasRemaining()).isFalse();
    }

    @Test
    void isReadAgain(@TempDir Path folder) throws IOException {
        Map<String, double[]> vectors = new LinkedHashMap<>();
        vectors.put("weights", new double[] {0.1, 1e-300, -7.0});
        vectors.put("running_mean", new double[] {3.0});
        Path file = folder.resolve("network.safetensors");
        Files.write(file, written(vectors));
        for (Map.Entry<String, double[]> vector : vectors.entrySet()) {
            assertThat(ArrayFile.open(file).array(vector.getKey()).read().values())
                    .isEqualTo(vector.getValue());
        }
    }

    @Test
    void refusesNamesThatWouldNeedQuotes() {
        assertThatThrownBy(() -> written(Map.of("a\"b", new double[1])))
                .hasMessageContaining("a name must be of letters");
    }

    private static byte[] written(Map<String, double[]> vectors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafetensorsWriter.write(vectors, out);
        return out.toByteArray();
    }
}
