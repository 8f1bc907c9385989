package org.langevin4j.models.file;

import java.nio.ByteBuffer;
import java.util.Locale;

/** How a number is stored; every one becomes a double. Integers beyond 2⁵³ are rounded, as NumPy does. */
enum NumberType {
    FLOAT16(2),
    BFLOAT16(2),
    FLOAT32(4),
    FLOAT64(8),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    BOOL(1);

    private final int size;

    NumberType(int size) {
        this.size = size;
    }

    /** Bytes of one number. */
    int size() {
        return size;
    }

    /** Numbers one after the other, in the order of bytes of the buffer. */
    void decode(ByteBuffer bytes, int position, double[] to, int offset, int count) {
        switch (this) {
            case FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    to[offset + i] = bytes.getFloat(position + 4 * i);
                }
            }
            case FLOAT64 -> {
                for (int i = 0; i < count; i++) {
                    to[offset + i] = bytes.getDouble(position + 8 * i);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    to[offset + i] = at(bytes, position + size * i);
                }
            }
        }
    }

    private double at(ByteBuffer bytes, int position) {
        return switch (this) {
            case FLOAT16 -> half(bytes.getShort(position));
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(position) << 16);
            case FLOAT32 -> bytes.getFloat(position);
            case FLOAT64 -> bytes.getDouble(position);
            case INT8 -> bytes.get(position);
            case INT16 -> bytes.getShort(position);
            case INT32 -> bytes.getInt(position);
            case INT64 -> bytes.getLong(position);
            case UINT8 -> Byte.toUnsignedInt(bytes.get(position));
            case UINT16 -> Short.toUnsignedInt(bytes.getShort(position));
            case UINT32 -> Integer.toUnsignedLong(bytes.getInt(position));
            case UINT64 -> unsigned(bytes.getLong(position));
            case BOOL -> bytes.get(position) == 0 ? 0.0 : 1.0;
        };
    }

    /** IEEE 754 binary16: a sign, five bits of exponent with bias 15, ten of fraction. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double size;
        if (exponent == 0x1F) {
            size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            size = exponent == 0 ? fraction * 0x1p-24 : Math.scalb(1024.0 + fraction, exponent - 25);
        }
        return bits < 0 ? -size : size;
    }

    /** The value of 64 bits without a sign; the last bit is kept in the half, so that it is rounded once. */
    static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * (bits >>> 1 | (bits & 1));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
