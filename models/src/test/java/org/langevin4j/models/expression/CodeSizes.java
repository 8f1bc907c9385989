package org.langevin4j.models.expression;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Lengths of the byte code of the methods of a class without fields, read from its file (JVM specification, chapter 4). */
final class CodeSizes {

    private CodeSizes() {}

    static List<Integer> of(byte[] file) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
            in.skipBytes(8);
            String[] texts = constants(in);
            in.skipBytes(6);
            in.skipBytes(2 * in.readUnsignedShort());
            if (in.readUnsignedShort() != 0) {
                throw new IllegalArgumentException("the class has fields");
            }
            List<Integer> sizes = new ArrayList<>();
            for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
                in.skipBytes(6);
                for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                    String name = texts[in.readUnsignedShort()];
                    int length = in.readInt();
                    int read = 0;
                    if (name.equals("Code")) {
                        in.skipBytes(4);
                        sizes.add(in.readInt());
                        read = 8;
                    }
                    in.skipNBytes(length - read);
                }
            }
            return sizes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] constants(DataInputStream in) throws IOException {
        String[] texts = new String[in.readUnsignedShort()];
        for (int i = 1; i < texts.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 3, 4, 9, 10, 11, 12 -> in.skipBytes(4);
                case 5, 6 -> {
                    in.skipBytes(8);
                    i++;
                }
                case 7, 8 -> in.skipBytes(2);
                default -> throw new IllegalArgumentException("constant of kind " + tag);
            }
        }
        return texts;
    }
}
