-- Uses the language server as a person would in Neovim, and writes what is seen to a file.
--
-- The variable EVENTLINT_SCENARIO is the path of a JSON file with the keys "setup" (settings to load), "file" (the fixture
-- to open), "requests" (a file with requests), "contract" (a document of the contract) and "output" (the file to write).

local function read_json(path)
  return vim.fn.json_decode(table.concat(vim.fn.readfile(path), "\n"))
end

local scenario = read_json(os.getenv("EVENTLINT_SCENARIO"))
local seen = { version = table.concat({ vim.version().major, vim.version().minor, vim.version().patch }, ".") }

-- Waits until a function returns something, and returns that.
local function wait_for(what, get)
  local value
  local done = vim.wait(20000, function()
    value = get()
    return value ~= nil and value ~= false
  end, 20)
  if not done then
    error("waited in vain for " .. what)
  end
  return value
end

local function open(path)
  vim.cmd("edit! " .. vim.fn.fnameescape(path))
end

local function client()
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, one in ipairs(get()) do
    if one.name == "eventlint" and one.server_capabilities ~= nil then
      return one
    end
  end
end

-- Sends a request about the cursor, and returns its result.
local function ask(method, more)
  local params = vim.lsp.util.make_position_params(0, client().offset_encoding)
  for key, value in pairs(more or {}) do
    params[key] = value
  end
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 20000) or {}) do
    if answer.error ~= nil then
      error(method .. ": " .. answer.error.message)
    end
    return answer.result
  end
  error(method .. ": no answer")
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

-- Moves the cursor to the last character of a text.
local function move_to(text)
  for number, line in ipairs(lines()) do
    local _, last = line:find(text, 1, true)
    if last ~= nil then
      vim.api.nvim_win_set_cursor(0, { number, last - 1 })
      return
    end
  end
  error("not in the buffer: " .. text)
end

local function findings()
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, {
      rule = one.code or one.user_data.lsp.code,
      source = one.source,
      severity = vim.diagnostic.severity[one.severity],
      message = one.message,
      line = one.lnum + 1,
      text = vim.api.nvim_buf_get_text(0, one.lnum, one.col, one.end_lnum, one.end_col, {})[1],
    })
  end
  return found
end

local function symbol_named(symbols, name)
  for _, symbol in ipairs(symbols or {}) do
    if symbol.name:find(name, 1, true) then
      return symbol
    end
    local below = symbol_named(symbol.children, name)
    if below ~= nil then
      return below
    end
  end
end

local steps = {}

function steps.diagnostics()
  open(scenario.file)
  wait_for("diagnostics", function()
    return #vim.diagnostic.get(0) > 0
  end)
  seen.findings = findings()
end

function steps.hover()
  move_to('"query')
  local hover = ask("textDocument/hover")
  seen.hover = table.concat(vim.lsp.util.convert_input_to_markdown_lines(hover.contents), "\n")
end

function steps.symbol()
  local symbol = symbol_named(ask("textDocument/documentSymbol"), "filters")
  local start = (symbol.selectionRange or symbol.location.range).start
  vim.api.nvim_win_set_cursor(0, { start.line + 1, start.character })
  seen.symbol_line = vim.api.nvim_get_current_line()
end

function steps.completion()
  -- Half a key, as while typing.
  move_to('"query": "shoes",')
  vim.api.nvim_put({ ' "pa"' }, "c", true, true)
  move_to(' "pa')
  local cursor = vim.api.nvim_win_get_cursor(0)
  vim.api.nvim_win_set_cursor(0, { cursor[1], cursor[2] + 1 })
  local result = ask("textDocument/completion")
  local items = result.items or result
  seen.completion = {}
  for _, item in ipairs(items) do
    table.insert(seen.completion, item.label)
    if item.label == "page" then
      vim.lsp.util.apply_text_edits({ item.textEdit }, vim.api.nvim_get_current_buf(), client().offset_encoding)
    end
  end
  seen.completed_line = vim.api.nvim_get_current_line()
  open(scenario.file)
end

function steps.fix()
  wait_for("diagnostics of the file as it was", function()
    return #vim.diagnostic.get(0) == #seen.findings
  end)
  local place = vim.diagnostic.get(0)[1]
  vim.api.nvim_win_set_cursor(0, { place.lnum + 1, place.col })
  -- Neovim shows a list of titles; this chooses as a person would.
  vim.ui.select = function(items, _, choose)
    for _, item in ipairs(items) do
      local action = item.action or item[2]
      if action.isPreferred == true then
        seen.fix = action.title
        return choose(item)
      end
    end
    error("no preferred code action")
  end
  vim.lsp.buf.code_action()
  wait_for("the end of the findings", function()
    return #vim.diagnostic.get(0) == 0
  end)
  seen.fixed = table.concat(lines(), "\n")
end

function steps.code_lens()
  open(scenario.requests)
  local lenses = wait_for("a code lens", function()
    vim.lsp.codelens.refresh({ bufnr = 0 })
    local found = vim.lsp.codelens.get(vim.api.nvim_get_current_buf())
    return #found > 0 and found[1].command ~= nil and found
  end)
  seen.lens = lenses[1].command.title
  vim.api.nvim_win_set_cursor(0, { lenses[1].range.start.line + 1, 0 })
  vim.lsp.codelens.run()
  wait_for("the answer", function()
    return not vim.bo.modifiable
  end)
  seen.answer = lines()
  vim.cmd("close")
end

function steps.definition()
  open(scenario.contract)
  move_to('"$ref": "#')
  vim.lsp.buf.definition()
  wait_for("the definition", function()
    return vim.api.nvim_get_current_line():find('"$ref"', 1, true) == nil
  end)
  seen.definition_line = vim.api.nvim_get_current_line()
end

local function run()
  for _, name in ipairs({ "diagnostics", "hover", "symbol", "completion", "fix", "code_lens", "definition" }) do
    local ok, problem = pcall(steps[name])
    if not ok then
      seen.problem = name .. ": " .. tostring(problem)
      return
    end
  end
end

vim.cmd("luafile " .. vim.fn.fnameescape(scenario.setup))
run()
vim.fn.writefile({ vim.fn.json_encode(seen) }, scenario.output)
vim.cmd("qall!")
