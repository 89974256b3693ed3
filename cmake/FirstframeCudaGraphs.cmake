# Result: FIRSTFRAME_WITH_CUDA_GRAPHS, whether core can use what CUDA alone has (core/restorers/on_device/cuda_graph.cpp): a LibTorch
# with CUDA, and CUDA's own headers, which LibTorch's include. Without them a GPU restores all the same, one kernel after the other.
# FIRSTFRAME_CUDA_INCLUDES: where CUDA's headers are, if not among LibTorch's own.
function(firstframe_find_cuda_graphs)
  set(FIRSTFRAME_WITH_CUDA_GRAPHS OFF PARENT_SCOPE)
  if(NOT TARGET torch_cuda)
    message(STATUS "firstframe: this LibTorch is for the CPU alone")
    return()
  endif()
  include(CheckIncludeFileCXX)
  set(CMAKE_REQUIRED_LIBRARIES torch)
  set(CMAKE_REQUIRED_INCLUDES ${CUDAToolkit_INCLUDE_DIRS} ${CUDA_INCLUDE_DIRS})
  check_include_file_cxx(ATen/cuda/CUDAGraph.h FIRSTFRAME_HAS_CUDA_GRAPH_HEADER)
  if(NOT FIRSTFRAME_HAS_CUDA_GRAPH_HEADER)
    message(STATUS "firstframe: CUDA's headers were not found, so a GPU starts every kernel by itself; to record them as graphs, "
      "install the CUDA toolkit that this LibTorch was made with")
    return()
  endif()
  set(FIRSTFRAME_WITH_CUDA_GRAPHS ON PARENT_SCOPE)
  set(FIRSTFRAME_CUDA_INCLUDES ${CMAKE_REQUIRED_INCLUDES} PARENT_SCOPE)
endfunction()
