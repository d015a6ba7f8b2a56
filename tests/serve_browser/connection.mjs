// A connection that is lost: to the same endpoint, which goes on, and to another one. A proxy stands between.
import {connect, createServer} from 'node:net'

export default async function ({open, input}) {
  let target = null
  const sockets = new Set()
  const proxy = createServer(socket => {
    sockets.add(socket.on('error', () => {}))
    if (!target) return socket.destroy()
    const {hostname, port} = new URL(target)
    const upstream = connect(Number(port), hostname).on('error', () => socket.destroy())
    sockets.add(upstream)
    socket.pipe(upstream).pipe(socket)
  })
  await new Promise(resolve => proxy.listen(0, '127.0.0.1', resolve))
  const lead = to => {
    target = to
    sockets.forEach(socket => socket.destroy())
    sockets.clear()
  }
  const send = () =>
    fetch(input.url + input.path, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: input.body})

  lead(input.url)
  const {page, seen} = await open(`http://127.0.0.1:${proxy.address().port}/_eventlint/`)
  const rows = page.locator('#list button')
  const connected = page.getByText('Connected', {exact: true})
  await connected.waitFor()
  await send()
  await rows.first().waitFor()
  const result = {before: await rows.allInnerTexts()}

  lead(null)
  await page.getByText('Not connected').waitFor()
  result.lost = await page.locator('#connection').innerText()
  await send()
  lead(input.url)
  await connected.waitFor()
  await rows.nth(1).waitFor()
  result.after = await rows.allInnerTexts()

  lead(input.other)
  await page.locator('#list .badge.lost').nth(1).waitFor()
  result.another = await rows.allInnerTexts()
  lead(null)
  proxy.close()
  return {...result, errors: seen.errors}
}
