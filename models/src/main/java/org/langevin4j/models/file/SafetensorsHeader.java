package org.langevin4j.models.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header of a safetensors file: eight bytes with the length n of a header, little-endian; n bytes of JSON, an object with
 * {@code {"dtype": …, "shape": […], "data_offsets": [begin, end]}} for each array and strings in {@code __metadata__};
 * then the data, little-endian, row-major, without gaps or overlaps.
 *
 * <p>Source: the format's README, github.com/huggingface/safetensors.
 */
final class SafetensorsHeader {

    /** Bytes of the length. */
    private static final int START = 8;

    /** The bound of the reference implementation. */
    private static final long LONGEST_HEADER = 100_000_000;

    private static final String METADATA = "__metadata__";

    private SafetensorsHeader() {}

    /** An array as the header has it; begin and end count from the end of the header. */
    record Entry(String dtype, List<Long> shape, long begin, long end, long dataStart) {}

    /** Whether a header of JSON begins where it should. */
    static boolean looksLike(byte[] start) {
        if (start.length <= START || start[START] != '{') {
            return false;
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        // Text of eight characters before a brace claims far more than this.
        return length >>> 48 == 0;
    }

    /** The arrays by name, in the order of the header. */
    static Map<String, Entry> read(Path file) throws ArrayFileException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, Files.size(file), file);
        } catch (IOException e) {
            throw ArrayFileException.of(file.toString(), e);
        }
    }

    /** The same of a stream of so many bytes. */
    static Map<String, Entry> read(InputStream in, long size, Path file) throws IOException {
        String shown = file.toString();
        try {
            if (!(size >= START)) {
                throw new ArrayFileException(shown, "is truncated: it ends inside the length of its header");
            }
            long length = ByteBuffer.wrap(in.readNBytes(START))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong(0);
            if (!(length >= 0 && length <= size - START)) {
                throw new ArrayFileException(
                        shown,
                        "is truncated: it claims a header of " + Long.toUnsignedString(length) + " bytes, of which "
                                + (size - START) + " are there");
            }
            if (length > LONGEST_HEADER) {
                throw new ArrayFileException(
                        shown, "claims a header of " + length + " bytes, more than the " + LONGEST_HEADER + " allowed");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readNBytes((int) length)))
                    .toString();
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (Map.Entry<String, Object> each : JsonText.object(text, shown).entrySet()) {
                if (!each.getKey().equals(METADATA)) {
                    entries.put(
                            each.getKey(), entry(each.getValue(), START + length, Names.shown(file, each.getKey())));
                }
            }
            requireWhole(entries, size - START - length, file);
            return entries;
        } catch (OutOfMemoryError e) {
            throw new ArrayFileException(shown, "has a header that is too large for the heap (option -Xmx)", e);
        } catch (CharacterCodingException e) {
            throw new ArrayFileException(shown, "has a header that is not UTF-8", e);
        }
    }

    private static Entry entry(Object value, long dataStart, String shown) throws ArrayFileException {
        if (value instanceof Map<?, ?> claims
                && claims.keySet().equals(Set.of("dtype", "shape", "data_offsets"))
                && claims.get("dtype") instanceof String dtype
                && claims.get("shape") instanceof List<?> shape
                && claims.get("data_offsets") instanceof List<?> offsets
                && offsets.size() == 2
                && shape.stream().allMatch(Long.class::isInstance)
                && offsets.stream().allMatch(Long.class::isInstance)) {
            List<Long> extents = shape.stream().map(Long.class::cast).toList();
            return new Entry(dtype, extents, (Long) offsets.get(0), (Long) offsets.get(1), dataStart);
        }
        throw new ArrayFileException(
                shown, "must have a dtype, a shape and two data_offsets in the header, and no more");
    }

    /** The arrays cover the data, each byte once; else something is cut off, or means two things. */
    private static void requireWhole(Map<String, Entry> entries, long size, Path file) throws ArrayFileException {
        List<Map.Entry<String, Entry>> order = new ArrayList<>(entries.entrySet());
        order.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(each -> each.getValue().begin)
                .thenComparingLong(each -> each.getValue().end));
        long covered = 0;
        for (Map.Entry<String, Entry> each : order) {
            Entry entry = each.getValue();
            String shown = Names.shown(file, each.getKey());
            if (entry.begin < covered || entry.end < entry.begin) {
                throw new ArrayFileException(
                        shown,
                        entry.end < entry.begin || entry.begin < 0
                                ? "has impossible offsets, " + entry.begin + " and " + entry.end
                                : "begins at byte " + entry.begin + " of the data, inside the array before it");
            }
            if (entry.begin > covered) {
                throw new ArrayFileException(
                        shown,
                        "begins at byte " + entry.begin + " of the data, and no array holds those from " + covered);
            }
            if (entry.end > size) {
                throw new ArrayFileException(
                        shown,
                        "is truncated: it ends at byte " + entry.end + " of the data, of which " + size + " are there");
            }
            covered = entry.end;
        }
        if (covered < size) {
            throw new ArrayFileException(
                    file.toString(), "has " + (size - covered) + " bytes after its last array, which none claims");
        }
    }
}
