# Finds what each part needs, and names the Debian package of what is missing.

# Result: FIRSTFRAME_WITH_<PART>, from the user's AUTO/ON/OFF and the list of missing packages.
function(firstframe_part part missing)
  set(with OFF)
  if(FIRSTFRAME_${part} STREQUAL "OFF")
    message(STATUS "firstframe: ${part} switched off (FIRSTFRAME_${part}=OFF)")
  elseif(NOT missing)
    set(with ON)
  elseif(FIRSTFRAME_${part} STREQUAL "ON")
    list(JOIN missing " " names)
    message(FATAL_ERROR "firstframe: FIRSTFRAME_${part}=ON, but packages are missing. "
      "Install them: apt-get install ${names}")
  else()
    list(JOIN missing " " names)
    message(STATUS "firstframe: ${part} left out; to build it: apt-get install ${names}")
  endif()
  set(FIRSTFRAME_WITH_${part} ${with} PARENT_SCOPE)
endfunction()

# --- core: LibTorch and TBB, nothing else ---
find_package(Torch QUIET)
if(NOT Torch_FOUND)
  message(FATAL_ERROR "firstframe: LibTorch not found. Install it: apt-get install libtorch-dev libopenblas0-openmp "
    "(or point CMAKE_PREFIX_PATH at a LibTorch of your own)")
endif()
find_package(TBB QUIET)
if(NOT TBB_FOUND)
  message(FATAL_ERROR "firstframe: oneTBB not found. Install it: apt-get install libtbb-dev")
endif()
find_package(Threads REQUIRED)
include(FirstframeBlas)
firstframe_refuse_reference_blas()

find_package(PkgConfig QUIET)

# --- io and the command: pictures, video files, model files, plots ---
set(missing "")
if(PkgConfig_FOUND)
  pkg_check_modules(PLPLOT QUIET IMPORTED_TARGET plplot)
else()
  list(APPEND missing pkg-config)
endif()
if(NOT PLPLOT_FOUND)
  list(APPEND missing libplplot-dev)
endif()
find_package(OpenCV QUIET COMPONENTS core imgproc imgcodecs videoio)
if(NOT OpenCV_FOUND)
  list(APPEND missing libopencv-dev)
endif()
find_package(nlohmann_json QUIET)
if(NOT nlohmann_json_FOUND)
  list(APPEND missing nlohmann-json3-dev)
endif()
find_package(CLI11 QUIET)
if(NOT CLI11_FOUND)
  list(APPEND missing libcli11-dev)
endif()
firstframe_part(IO "${missing}")

# --- elements/gst: the GStreamer plugin; reads its clean picture through io ---
set(missing "")
if(PkgConfig_FOUND)
  pkg_check_modules(GST QUIET IMPORTED_TARGET gstreamer-1.0 gstreamer-base-1.0 gstreamer-video-1.0)
  pkg_check_modules(GST_CHECK QUIET IMPORTED_TARGET gstreamer-check-1.0 gstreamer-controller-1.0)
else()
  list(APPEND missing pkg-config)
endif()
if(NOT GST_FOUND OR NOT GST_CHECK_FOUND)
  list(APPEND missing libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev)
endif()
if(NOT FIRSTFRAME_WITH_IO)
  list(APPEND missing "(and the io part above)")
endif()
firstframe_part(GST "${missing}")

# --- tests ---
if(FIRSTFRAME_TESTS)
  find_package(GTest QUIET)
  if(NOT GTest_FOUND)
    message(FATAL_ERROR "firstframe: GoogleTest not found. Install it: apt-get install libgtest-dev libgmock-dev "
      "(or configure with -DFIRSTFRAME_TESTS=OFF)")
  endif()
endif()

# Precompiled headers carry time stamps that ccache must be told to overlook.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)
endif()
