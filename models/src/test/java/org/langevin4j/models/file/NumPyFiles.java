package org.langevin4j.models.file;

import java.util.Base64;

/**
 * Files as NumPy 2.4.6 wrote them, in Base64; where nothing else is said the array is
 * [[1.5, −2.25, 3], [4, 5.125, −6·10¹⁰]].
 */
final class NumPyFiles {

    /** Float64, little endian, C order, version 1.0. */
    static final byte[] LITTLE_DOUBLES = decoded("""
            k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAD4PwAAAAAAAALAAAAAAAAA
            CEAAAAAAAAAQQAAAAAAAgBRAAAAAsI7wK8I=
            """);

    /** Float64, big endian, C order. */
    static final byte[] BIG_DOUBLES = decoded("""
            k05VTVBZAQB2AHsnZGVzY3InOiAnPmY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/+AAAAAAAAMACAAAAAAAAQAgAAAAA
            AABAEAAAAAAAAEAUgAAAAAAAwivwjrAAAAA=
            """);

    /** Float32, little endian, C order. */
    static final byte[] LITTLE_FLOATS = decoded("""
            k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AAAQwAAAQEAAAIBAAACkQHaE
            X9E=
            """);

    /** Float32, big endian, Fortran order. */
    static final byte[] BIG_FLOATS_BY_COLUMN = decoded("""
            k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/wAAAQIAAAMAQAABApAAAQEAAANFf
            hHY=
            """);

    /** Float64, little endian, Fortran order. */
    static final byte[] DOUBLES_BY_COLUMN = decoded("""
            k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAD4PwAAAAAAABBAAAAAAAAA
            AsAAAAAAAIAUQAAAAAAAAAhAAAAAsI7wK8I=
            """);

    /** Float64, version 2.0. */
    static final byte[] VERSION_2 = decoded("""
            k05VTVBZAgB0AAAAeydkZXNjcic6ICc8ZjgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAD4PwAAAAAAAALAAAAAAAAA
            CEAAAAAAAAAQQAAAAAAAgBRAAAAAsI7wK8I=
            """);

    /** Float64, version 3.0. */
    static final byte[] VERSION_3 = decoded("""
            k05VTVBZAwB0AAAAeydkZXNjcic6ICc8ZjgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAD4PwAAAAAAAALAAAAAAAAA
            CEAAAAAAAAAQQAAAAAAAgBRAAAAAsI7wK8I=
            """);

    /** {@code numpy.array(7.5)}. */
    static final byte[] NUMBER = decoded("""
            k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAgICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAeQA==
            """);

    /** {@code numpy.array([1, 2, 3], '<f4')}. */
    static final byte[] VECTOR = decoded("""
            k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAAQAAAQEA=
            """);

    /** {@code numpy.arange(24, dtype='<f4').reshape(2, 3, 4) in Fortran order}. */
    static final byte[] CUBE_BY_COLUMN = decoded("""
            k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMywgNCksIH0gICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAABAQQAAgEAAAIBBAAAAQQAA
            oEEAAIA/AABQQQAAoEAAAIhBAAAQQQAAqEEAAABAAABgQQAAwEAAAJBBAAAgQQAAsEEAAEBAAABwQQAA4EAAAJhBAAAwQQAAuEE=
            """);

    /** {@code numpy.savez(first=the matrix, second=numpy.array([1, 2], 'f4'))}. */
    static final byte[] STORED = decoded("""
            UEsDBC0AAAAAAAAAIQBY7cLK//////////8JABQAZmlyc3QubnB5AQAQALAAAAAAAAAAsAAAAAAAAACTTlVNUFkBAHYAeydkZXNj
            cic6ICc8ZjgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgAAAAAAAPg/AAAAAAAAAsAAAAAAAAAIQAAAAAAAABBAAAAAAACA
            FEAAAACwjvArwlBLAwQtAAAAAAAAACEAmsqr5///////////CgAUAHNlY29uZC5ucHkBABAAiAAAAAAAAACIAAAAAAAAAJNOVU1Q
            WQEAdgB7J2Rlc2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCksIH0gICAgICAgICAgICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAACAPwAAAEBQSwECLQMtAAAAAAAAACEAWO3C
            yrAAAACwAAAACQAAAAAAAAAAAAAAgAEAAAAAZmlyc3QubnB5UEsBAi0DLQAAAAAAAAAhAJrKq+eIAAAAiAAAAAoAAAAAAAAAAAAA
            AIAB6wAAAHNlY29uZC5ucHlQSwUGAAAAAAIAAgBvAAAArwEAAAAA
            """);

    /** {@code numpy.savez_compressed of the same}. */
    static final byte[] DEFLATED = decoded("""
            UEsDBC0AAAAIAAAAIQBY7cLK//////////8JABQAZmlyc3QubnB5AQAQALAAAAAAAAAAXwAAAAAAAACb7BfqGxDJyFDGUK2eklqc
            XKRupaBuk2ahrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgrGmjoKtQpkAy4GMPhhD6GZDkBoDgcILQChG0RA9Ia+
            D9qHAFBLAwQtAAAACAAAACEAmsqr5///////////CgAUAHNlY29uZC5ucHkBABAAiAAAAAAAAABMAAAAAAAAAJvsF+obEMnIUMZQ
            rZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC4GhgZ7BgYGBwBQSwECLQMtAAAA
            CAAAACEAWO3Cyl8AAACwAAAACQAAAAAAAAAAAAAAgAEAAAAAZmlyc3QubnB5UEsBAi0DLQAAAAgAAAAhAJrKq+dMAAAAiAAAAAoA
            AAAAAAAAAAAAAIABmgAAAHNlY29uZC5ucHlQSwUGAAAAAAIAAgBvAAAAIgEAAAAA
            """);

    /** {@code numpy.array([{'a': 1}], dtype=object), pickled}. */
    static final byte[] OBJECTS = decoded("""
            k05VTVBZAQB2AHsnZGVzY3InOiAnfE8nLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwpLCB9ICAgICAgICAg
            ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAqABJWSAAAAAAAAAIwWbnVtcHkuX2Nv
            cmUubXVsdGlhcnJheZSMDF9yZWNvbnN0cnVjdJSTlIwFbnVtcHmUjAduZGFycmF5lJOUSwCFlEMBYpSHlFKUKEsBSwGFlGgDjAVk
            dHlwZZSTlIwCTziUiYiHlFKUKEsDjAF8lE5OTkr/////Sv////9LP3SUYoldlH2UjAFhlEsBc2F0lGIu
            """);

    /** {@code numpy.zeros(2, dtype=[('x', '<f4'), ('y', '<i8')])}. */
    static final byte[] STRUCTURED = decoded("""
            k05VTVBZAQB2AHsnZGVzY3InOiBbKCd4JywgJzxmNCcpLCAoJ3knLCAnPGk4JyldLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAn
            c2hhcGUnOiAoMiwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            AAA=
            """);

    private NumPyFiles() {}

    private static byte[] decoded(String text) {
        return Base64.getMimeDecoder().decode(text);
    }
}
