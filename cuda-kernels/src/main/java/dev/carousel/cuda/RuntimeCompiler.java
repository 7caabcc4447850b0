package dev.carousel.cuda;

import java.nio.charset.StandardCharsets;
import org.bytedeco.cuda.global.nvrtc;
import org.bytedeco.cuda.nvrtc._nvrtcProgram;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** NVRTC, for devices that the shipped kernels were not compiled for. */
final class RuntimeCompiler {
  private RuntimeCompiler() {}

  /**
   * Compiles for one device.
   *
   * @throws LibraryException if it does not compile, with the compiler's words
   */
  static byte[] compile(String source, DeviceFacts facts) {
    _nvrtcProgram program = new _nvrtcProgram();
    BytePointer none = null;
    try (BytePointer text = new BytePointer(source, StandardCharsets.UTF_8);
        BytePointer name = new BytePointer("kernels.cu", StandardCharsets.UTF_8)) {
      check("nvrtcCreateProgram", nvrtc.nvrtcCreateProgram(program, text, name, 0, none, none));
    }
    String[] options = {"--gpu-architecture=sm_" + facts.major() + facts.minor(), "--std=c++17"};
    try (PointerPointer<BytePointer> pointers = new PointerPointer<>(options)) {
      int status = nvrtc.nvrtcCompileProgram(program, options.length, pointers);
      if (status != nvrtc.NVRTC_SUCCESS) {
        throw new LibraryException("nvrtcCompileProgram", status, log(program));
      }
      return binary(program);
    } finally {
      nvrtc.nvrtcDestroyProgram(program);
    }
  }

  private static byte[] binary(_nvrtcProgram program) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      check("nvrtcGetCUBINSize", nvrtc.nvrtcGetCUBINSize(program, size));
      byte[] image = new byte[(int) size.get()];
      check("nvrtcGetCUBIN", nvrtc.nvrtcGetCUBIN(program, image));
      return image;
    }
  }

  private static String log(_nvrtcProgram program) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      check("nvrtcGetProgramLogSize", nvrtc.nvrtcGetProgramLogSize(program, size));
      byte[] log = new byte[(int) size.get()];
      check("nvrtcGetProgramLog", nvrtc.nvrtcGetProgramLog(program, log));
      return new String(log, StandardCharsets.UTF_8).trim();
    }
  }

  private static void check(String call, int status) {
    if (status != nvrtc.NVRTC_SUCCESS) {
      throw new LibraryException(call, status, "NVRTC");
    }
  }
}
