package org.langevin4j.models.file;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Safetensors: arrays by name, little-endian and row-major, mapped into memory. */
record SafetensorsFile(Path path, Map<String, SafetensorsHeader.Entry> entries) implements ArrayFile {

    private static final Map<String, NumberType> TYPES = Map.ofEntries(
            Map.entry("F64", NumberType.FLOAT64),
            Map.entry("F32", NumberType.FLOAT32),
            Map.entry("F16", NumberType.FLOAT16),
            Map.entry("BF16", NumberType.BFLOAT16),
            Map.entry("I64", NumberType.INT64),
            Map.entry("I32", NumberType.INT32),
            Map.entry("I16", NumberType.INT16),
            Map.entry("I8", NumberType.INT8),
            Map.entry("U64", NumberType.UINT64),
            Map.entry("U32", NumberType.UINT32),
            Map.entry("U16", NumberType.UINT16),
            Map.entry("U8", NumberType.UINT8),
            Map.entry("BOOL", NumberType.BOOL));

    static SafetensorsFile open(Path file) throws ArrayFileException {
        return new SafetensorsFile(file, SafetensorsHeader.read(file));
    }

    @Override
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    @Override
    public StoredArray array(String name) throws ArrayFileException {
        SafetensorsHeader.Entry entry = entries.get(name);
        if (entry == null) {
            throw Names.missing(path, name, names());
        }
        String shown = Names.shown(path, name);
        NumberType type = TYPES.get(entry.dtype());
        if (type == null) {
            throw new ArrayFileException(
                    shown,
                    "has dtype '" + entry.dtype()
                            + "'; only real numbers of 16 to 64 bits, integers and bool are read");
        }
        Claim claim = Claim.of(shown, type.toString(), entry.shape());
        if (claim.count() * type.size() != entry.end() - entry.begin()) {
            throw new ArrayFileException(
                    shown,
                    "claims " + claim + ", " + claim.count() * type.size() + " bytes, but its offsets span "
                            + (entry.end() - entry.begin()));
        }
        long start = entry.dataStart() + entry.begin();
        return new StoredArray(
                claim, true, () -> MappedNumbers.open(path, claim, start, type, ByteOrder.LITTLE_ENDIAN));
    }
}
