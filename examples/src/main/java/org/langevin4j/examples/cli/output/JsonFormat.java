package org.langevin4j.examples.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything as one JSON object. Numbers that JSON does not have, NaN and infinities, are null. */
final class JsonFormat {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private JsonFormat() {}

    static void write(Result result, OutputStream out) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("about", finite(result.about()));
        Map<String, Object> quantities = new LinkedHashMap<>();
        for (Result.Quantity quantity : result.quantities()) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("value", finite(quantity.value()));
            if (quantity.hasError()) {
                entry.put("error", finite(quantity.error()));
            }
            entry.put("unit", quantity.unit());
            if (!quantity.remark().isEmpty()) {
                entry.put("remark", quantity.remark());
            }
            quantities.put(quantity.name(), entry);
        }
        all.put("numbers", quantities);
        all.put("table", arrays(result.columns()));
        all.put("arrays", arrays(result.arrays()));
        MAPPER.writeValue(out, all);
        out.write('\n');
    }

    private static Map<String, Object> arrays(List<NamedArray> list) {
        Map<String, Object> arrays = new LinkedHashMap<>();
        for (NamedArray array : list) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("unit", array.unit());
            entry.put("values", nested(array, 0, 0, array.values().length));
            arrays.put(array.name(), entry);
        }
        return arrays;
    }

    private static List<@Nullable Object> nested(NamedArray array, int level, int from, int to) {
        List<@Nullable Object> list = new ArrayList<>();
        if (level >= array.shape().length - 1) {
            for (int k = from; k < to; k++) {
                list.add(finite(array.values()[k]));
            }
            return list;
        }
        int length = array.shape()[level];
        int stride = length == 0 ? 0 : (to - from) / length;
        for (int k = 0; k < length; k++) {
            list.add(nested(array, level + 1, from + k * stride, from + (k + 1) * stride));
        }
        return list;
    }

    private static @Nullable Object finite(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(String.valueOf(key), finite(each)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(finite(each)));
            return copy;
        }
        return value instanceof Double number && !(Math.abs(number) <= Double.MAX_VALUE) ? null : value;
    }

    /** What it is a result of, and the units, as JSON. */
    static String metadata(Result result) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("about", finite(result.about()));
        Map<String, Object> units = new LinkedHashMap<>();
        result.everything().forEach(array -> units.put(array.name(), array.unit()));
        all.put("units", units);
        return text(all);
    }

    /** One value in one line. */
    static String inLine(Object value) {
        try {
            return value instanceof String text
                    ? text
                    : MAPPER.writer()
                            .without(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(finite(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata must be texts, numbers, lists and maps", e);
        }
    }

    private static String text(Object value) {
        try {
            return new String(MAPPER.writeValueAsBytes(value), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata must be texts, numbers, lists and maps", e);
        }
    }
}
