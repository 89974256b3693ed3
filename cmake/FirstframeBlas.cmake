# Debian's default BLAS is the reference one: matrix products run about 30 times slower on it
# (6 GFLOP/s against 190 with OpenBLAS on two cores), so training would take minutes instead of seconds.
function(firstframe_refuse_reference_blas)
  get_target_property(configurations torch_cpu IMPORTED_CONFIGURATIONS)
  list(GET configurations 0 configuration)
  get_target_property(torch_cpu torch_cpu IMPORTED_LOCATION_${configuration})
  if(NOT EXISTS "${torch_cpu}")
    return()  # a LibTorch without a separate CPU library brings its own BLAS
  endif()
  execute_process(COMMAND ldd ${torch_cpu} OUTPUT_VARIABLE links ERROR_QUIET)
  if(NOT links MATCHES "libblas\\.so\\.3 => ([^ \n]+)")
    return()  # MKL or OpenBLAS linked by name
  endif()
  file(REAL_PATH ${CMAKE_MATCH_1} blas)
  if(blas MATCHES "/blas/libblas\\.so")
    message(FATAL_ERROR "firstframe: LibTorch would use the reference BLAS (${blas}), about 30 times slower than "
      "OpenBLAS. Install the fast one: apt-get install libopenblas0-openmp")
  endif()
  message(STATUS "firstframe: BLAS ${blas}")
endfunction()
