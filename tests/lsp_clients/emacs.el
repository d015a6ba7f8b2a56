;;; Uses the language server with eglot, and writes what is seen to a file. -*- lexical-binding: t -*-
;;
;; The variable EVENTLINT_SCENARIO is the path of a JSON file; see neovim.lua.

(require 'eglot)
(require 'flymake)
(require 'json)

(defvar scenario
  (let ((json-object-type 'alist) (json-array-type 'list))
    (json-read-file (getenv "EVENTLINT_SCENARIO"))))

(defvar seen nil)

(defun note (key value)
  "Add VALUE to what is written, under KEY."
  (push (cons key value) seen))

(defun wait-for (what test)
  "Wait until TEST returns something, and return that; WHAT is for the message."
  (let ((end (+ (float-time) 20)) value)
    (while (not (setq value (funcall test)))
      (when (> (float-time) end) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))
    value))

(defun findings ()
  "The diagnostics of the buffer."
  (mapcar (lambda (one)
            `((message . ,(flymake-diagnostic-text one))
              (line . ,(line-number-at-pos (flymake-diagnostic-beg one)))
              (text . ,(buffer-substring-no-properties
                        (flymake-diagnostic-beg one) (flymake-diagnostic-end one)))))
          (flymake-diagnostics)))

(defun check-the-project ()
  "Open the fixture, and use the server."
  (setq eglot-sync-connect 20 eglot-autoshutdown t eglot-confirm-server-initiated-edits nil)
  ;; Emacs 29 and newer have this mode.
  (unless (fboundp 'js-json-mode)
    (eval '(define-derived-mode js-json-mode js-mode "JSON")))
  (load (alist-get 'setup scenario) nil t t)
  (find-file (alist-get 'file scenario))
  (remove-hook 'js-json-mode-hook #'eglot-ensure) ; it waits for a command, which there is none of in a script
  (js-json-mode)
  (call-interactively #'eglot)
  (note 'server (plist-get (eglot--server-info (eglot-current-server)) :name))
  (wait-for "diagnostics" (lambda () (flymake-start) (flymake-diagnostics)))
  (note 'findings (vconcat (findings)))
  (goto-char (point-min))
  (search-forward "\"que")
  (note 'hover (plist-get (plist-get (jsonrpc-request (eglot-current-server) :textDocument/hover
                                                      (eglot--TextDocumentPositionParams))
                                     :contents)
                          :value))
  (goto-char (flymake-diagnostic-beg (car (flymake-diagnostics))))
  (cl-letf ((last-nonmenu-event ?x) ; not the mouse
            ((symbol-function 'completing-read)
             (lambda (_prompt _actions _predicate _match _initial _history default) default)))
    ;; In eglot 1.9, the command eglot-code-action-quickfix does not offer what it finds.
    (eglot-code-actions (point) (point) "quickfix" t))
  (eglot--signal-textDocument/didChange) ; Emacs sends changes when it is idle, which a script never is.
  (wait-for "the end of the findings" (lambda () (flymake-start) (null (flymake-diagnostics))))
  (note 'fixed (buffer-substring-no-properties (point-min) (point-max)))
  (eglot-shutdown (eglot-current-server)))

(condition-case problem
    (check-the-project)
  (error (note 'problem (error-message-string problem))))
(with-temp-file (alist-get 'output scenario) (insert (json-encode seen)))
(set-buffer-modified-p nil)
(kill-emacs 0)
