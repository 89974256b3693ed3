# firstframe_test(NAME [TORCH] [ALONE] LINK LIBRARY... [LABELS LABEL...] [TIMEOUT SECONDS] [ENVIRONMENT VAR=VALUE...])
# builds tests/<here>/NAME.cpp into one GoogleTest program and adds it to CTest.
# LABELS: fast by default; slow ones run with `tests/run.sh --all` only. TORCH: the file includes torch/ itself.
# ALONE: it runs against the clock, so that no other test runs beside it; slow ones never share the machine.
include(GoogleTest)

add_library(firstframe_test_support INTERFACE)
target_link_libraries(firstframe_test_support INTERFACE
  firstframe_warnings firstframe::core GTest::gtest GTest::gmock GTest::gtest_main)
target_include_directories(firstframe_test_support INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(firstframe_test_support INTERFACE
  FIRSTFRAME_SOURCE_DIR="${PROJECT_SOURCE_DIR}" FIRSTFRAME_BINARY_DIR="${PROJECT_BINARY_DIR}")

function(firstframe_test name)
  cmake_parse_arguments(arg "TORCH;ALONE" "TIMEOUT" "LINK;LABELS;ENVIRONMENT" ${ARGN})
  if(NOT arg_LABELS)
    set(arg_LABELS fast)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  add_executable(${name} ${name}.cpp)
  target_link_libraries(${name} PRIVATE firstframe_test_support ${arg_LINK})
  if(arg_TORCH)
    target_link_libraries(${name} PRIVATE torch)
    # torch/ is parsed once for all tests that include it.
    get_property(first_torch_test GLOBAL PROPERTY FIRSTFRAME_FIRST_TORCH_TEST)
    if(first_torch_test)
      target_precompile_headers(${name} REUSE_FROM ${first_torch_test})
    else()
      target_precompile_headers(${name} PRIVATE <torch/torch.h>)
      set_property(GLOBAL PROPERTY FIRSTFRAME_FIRST_TORCH_TEST ${name})
    endif()
  endif()
  if("slow" IN_LIST arg_LABELS)
    set(arg_ALONE TRUE)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT} RUN_SERIAL ${arg_ALONE}
    ENVIRONMENT "${arg_ENVIRONMENT}")
endfunction()
