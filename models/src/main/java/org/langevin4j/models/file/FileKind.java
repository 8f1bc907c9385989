package org.langevin4j.models.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Kinds of files, told by their first bytes. */
enum FileKind {
    NPY,
    ZIP,
    GZIP,
    SAFETENSORS,
    HDF5,
    MATLAB_HDF5,
    MATLAB,
    TEXT;

    private static final int LOOKED_AT = 1024;

    private static final byte[] HDF5_START = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private static final String MATLAB_START = "MATLAB 7.3 MAT-file";

    /** What MATLAB writes at byte 124: version 5 and the order of bytes. */
    private static final int MATLAB_VERSION = 124;

    private static final String SAVE_NPY = "; read it in Python and write the numbers with numpy.save";

    /** Files that people have, and a way out. */
    private static final Map<String, String> FOREIGN = foreign();

    private static Map<String, String> foreign() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put(
                "80",
                "looks like a Python pickle, and pickles are never loaded; in Python: import torch,"
                        + " safetensors.torch; safetensors.torch.save_file(torch.load('FILE'), 'FILE.safetensors')");
        kinds.put("42 5a 68", "is compressed by bzip2; unpack it first: bunzip2 -k FILE");
        kinds.put("fd 37 7a 58 5a", "is compressed by xz; unpack it first: unxz -k FILE");
        kinds.put("28 b5 2f fd", "is compressed by zstd; unpack it first: unzstd FILE");
        kinds.put("50 41 52 31", "is a Parquet file" + SAVE_NPY);
        kinds.put("41 52 52 4f 57 31", "is an Arrow file" + SAVE_NPY);
        kinds.put("47 47 55 46", "is a GGUF file" + SAVE_NPY);
        kinds.put("ff fe", "is text in UTF-16; save it as UTF-8");
        kinds.put("fe ff", "is text in UTF-16; save it as UTF-8");
        return kinds;
    }

    static FileKind of(Path file) throws ArrayFileException {
        String shown = file.toString();
        if (!Files.exists(file)) {
            throw new ArrayFileException(shown, "does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new ArrayFileException(shown, "is a pipe or a device; save it to a file first");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] start = bytes(channel, 0, LOOKED_AT);
            if (hdf5Start(channel) >= 0) {
                byte[] text = MATLAB_START.getBytes(StandardCharsets.ISO_8859_1);
                return Arrays.mismatch(start, text) == text.length ? MATLAB_HDF5 : HDF5;
            }
            return of(start, shown);
        } catch (IOException e) {
            throw ArrayFileException.of(shown, e);
        }
    }

    /** HDF5 may begin after 512 bytes, or twice that, and so on; −1 if it does nowhere. */
    static long hdf5Start(FileChannel channel) throws IOException {
        long size = channel.size();
        for (long at = 0; at < size; at = Math.max(512, 2 * at)) {
            if (Arrays.equals(bytes(channel, at, HDF5_START.length), HDF5_START)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] bytes(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // As many as there are.
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static FileKind of(byte[] start, String shown) throws ArrayFileException {
        if (start.length == 0) {
            throw new ArrayFileException(shown, "is empty");
        }
        String hex = HexFormat.ofDelimiter(" ").formatHex(start);
        if (Arrays.equals(start, 0, Math.min(6, start.length), NpyHeader.MAGIC, 0, NpyHeader.MAGIC.length)) {
            return NPY;
        }
        if (hex.startsWith("50 4b")) {
            return ZIP;
        }
        if (hex.startsWith("1f 8b")) {
            return GZIP;
        }
        if (start.length >= MATLAB_VERSION + 4
                && (hex.startsWith("00 01 49 4d", 3 * MATLAB_VERSION)
                        || hex.startsWith("01 00 4d 49", 3 * MATLAB_VERSION))) {
            return MATLAB;
        }
        if (SafetensorsHeader.looksLike(start)) {
            return SAFETENSORS;
        }
        for (Map.Entry<String, String> kind : FOREIGN.entrySet()) {
            if (hex.startsWith(kind.getKey())) {
                throw new ArrayFileException(shown, kind.getValue());
            }
        }
        for (byte each : start) {
            if (each >= 0 && each < ' ' && each != '\t' && each != '\r' && each != '\n') {
                String first = hex.substring(0, Math.min(hex.length(), 3 * 8 - 1));
                throw new ArrayFileException(
                        shown, "is none of .npy, .npz, safetensors, HDF5, .mat and text; its first bytes are " + first);
            }
        }
        return TEXT;
    }
}
